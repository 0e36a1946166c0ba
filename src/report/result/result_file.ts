import {
  type Column,
  columnFromArray,
  float64,
  Table,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { type Measure, MEASURES } from "../../domain/measures/measures.ts";
import { type FingerprintColumns, type Result, STORE_TEXTS, type WindowEnds } from "../../domain/measures/result.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { isNamedByCalendar } from "../../domain/time/parse_window.ts";

/*
 * A result file is an Arrow stream (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format): the schema, a record
 * batch per chunk, an end mark. Columns are `store_id`, texts such as `timezone`, `poll_age`, fingerprints, and `last_hour.up` and the like: a window, a
 * measure, whole microseconds in doubles. A window by calendar has `from` and `to` as well, since its instants depend on zones. The schema's
 * metadata have the version and the names of the windows, separated by spaces: no name has one.
 */

/** Goes up when a column changes its meaning. A new column needs no new version: columns are read by name. */
const VERSION = "1";

/** What stands before the first batch, and after the last one. */
export function resultFrame(windows: readonly WindowName[]): { head: Uint8Array; end: Uint8Array } {
  const ends = { from: new Float64Array(), to: new Float64Array() };
  const bytes = encode({
    windows,
    storeIds: [],
    column: () => new Float64Array(),
    ends: (window) => isNamedByCalendar(window) ? ends : undefined,
    text: () => [],
    pollAge: undefined,
  });
  return { head: bytes.subarray(0, headLength(bytes)), end: bytes.subarray(-END) };
}

/** The record batch of some stores: what an Arrow stream of them has between its head and its end. */
export function resultBatch(result: Result): Uint8Array<ArrayBuffer> {
  const bytes = encode(result);
  return bytes.slice(headLength(bytes), -END);
}

/** Reads the record batch of some stores. */
export function decodeBatch(batch: Uint8Array, windows: readonly WindowName[]): Result {
  const { head, end } = resultFrame(windows);
  const bytes = new Uint8Array(head.length + batch.length + end.length);
  bytes.set(head);
  bytes.set(batch, head.length);
  bytes.set(end, head.length + batch.length);
  return decodeResult(bytes);
}

/** The head is one message without a body: a mark of four bytes, four that say how long the rest is, and this rest. */
function headLength({ buffer, byteOffset }: Uint8Array): number {
  return MARK + new DataView(buffer, byteOffset).getInt32(4, true);
}

/** A mark and a length. An end mark is a mark and the length 0. */
const MARK = 8;
const END = MARK;

/** Parts of a file have so many bytes, or one batch more. Smaller ones take less memory, but adding up their groups takes longer. */
export const PART_BYTES = 4 * 1024 * 1024;

/**
 * Reads a result file in parts: the head with some batches each, which `decodeResult` takes. A file without stores has one part without stores.
 *
 * @param fill fills bytes with those that come next in the file
 * @param partBytes how many bytes of batches make a part
 */
export function* partsIn(fill: (bytes: Uint8Array) => void, partBytes: number): Generator<Uint8Array> {
  const head = readMessage(fill);
  let [part, bytes] = [[head], 0];
  for (let message = readMessage(fill); message.length > END; message = readMessage(fill)) {
    if (bytes >= partBytes) {
      yield joined(part);
      [part, bytes] = [[head], 0];
    }
    part.push(message);
    bytes += message.length;
  }
  yield joined(part);
}

/** A message is a mark, a length, so many bytes about the message, and its body. */
function readMessage(fill: (bytes: Uint8Array) => void): Uint8Array {
  const mark = new Uint8Array(MARK);
  fill(mark);
  const about = new Uint8Array(headLength(mark) - MARK);
  fill(about);
  const start = MARK + about.length;
  const message = new Uint8Array(start + (about.length === 0 ? 0 : bodyLength(about)));
  message.set(mark);
  message.set(about, MARK);
  fill(message.subarray(start));
  return message;
}

function joined(messages: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(messages.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const message of messages) {
    bytes.set(message, place);
    place += message.length;
  }
  return bytes;
}

/**
 * The fourth field of a message, in FlatBuffers (https://github.com/apache/arrow/blob/main/format/Message.fbs): a table says how far before it
 * the list of its fields is, and this list, after its length and that of the table, where each field is. Fields at the end may be missing.
 */
function bodyLength({ buffer, byteOffset }: Uint8Array): number {
  const view = new DataView(buffer, byteOffset);
  const table = view.getUint32(0, true);
  const fields = table - view.getInt32(table, true);
  const entry = 4 + 2 * 3;
  const place = entry < view.getUint16(fields, true) ? view.getUint16(fields + entry, true) : 0;
  return place === 0 ? 0 : Number(view.getBigInt64(table + place, true));
}

function encode(result: Result): Uint8Array {
  const columns: [string, Column<unknown>][] = [["store_id", textColumn(result.storeIds)]];
  for (const name of STORE_TEXTS) columns.push([name, textColumn(result.text(name) ?? result.storeIds.map(() => ""))]);
  const ages = result.pollAge ?? new Float64Array(result.storeIds.length).fill(NaN);
  columns.push([POLL_AGE, columnFromArray(ages, float64())]);
  const { pollsUsed, polls, calendar } = result.fingerprints ?? noFingerprints(result.storeIds.length);
  columns.push([POLLS_USED, numberColumn(pollsUsed)], [POLLS, numberColumn(polls)], [CALENDAR, numberColumn(calendar)]);
  for (const window of result.windows) {
    columns.push(...endColumns(window, result.ends(window)));
    for (const measure of MEASURES) {
      const values = result.column(window, measure) ?? new Float64Array(result.storeIds.length);
      columns.push([columnName(window, measure), numberColumn(values)]);
    }
  }
  const { schema, children } = tableFromColumns(columns);
  const metadata = new Map([["storewatch.version", VERSION], ["storewatch.windows", result.windows.join(" ")]]);
  const bytes = tableToIPC(new Table({ ...schema, metadata }, children), { format: "stream" });
  if (bytes === null) throw new Error("The Arrow encoder gave no bytes");
  return bytes;
}

function endColumns(window: WindowName, ends: WindowEnds | undefined): [string, Column<unknown>][] {
  if (ends === undefined) return [];
  return [[columnName(window, "from"), numberColumn(ends.from)], [columnName(window, "to"), numberColumn(ends.to)]];
}

const POLL_AGE = "poll_age";
const POLLS_USED = "polls_used";
const POLLS = "polls_fingerprint";
const CALENDAR = "calendar_fingerprint";

function noFingerprints(rows: number): FingerprintColumns {
  const column = new Float64Array(rows).fill(NaN);
  return { pollsUsed: column, polls: column, calendar: column };
}

/** A column of some values is taken as it is, without a copy: with a type, each value would be looked at. One of none needs a type. */
function numberColumn(values: Float64Array): Column<unknown> {
  return values.length === 0 ? columnFromArray(values, float64()) : columnFromArray(values);
}

function textColumn(values: readonly string[]): Column<unknown> {
  return columnFromArray([...values], utf8());
}

/**
 * Reads a result file.
 *
 * @throws {Error} if the bytes are no result of a version that this program knows
 */
export function decodeResult(bytes: Uint8Array): Result {
  const table = tableFromIPC(bytes);
  const version = table.schema.metadata?.get("storewatch.version");
  if (version !== VERSION) throw new Error(`The result has version ${version}, but this program reads ${VERSION}`);
  const names = table.schema.metadata?.get("storewatch.windows")?.split(" ") ?? [];
  const read = numberReader(table);
  const readTexts = (name: string) => {
    const values = table.getChild(name)?.toArray();
    return values === undefined ? undefined : Array.from(values, String);
  };
  let storeIds: readonly string[] | undefined;
  return {
    windows: names.filter((name) => name !== ""),
    get storeIds() {
      return storeIds ??= readTexts("store_id") ?? [];
    },
    text: readTexts,
    get pollAge() {
      return read(POLL_AGE);
    },
    get fingerprints() {
      return readFingerprints(read);
    },
    ends(window) {
      const [from, to] = [read(columnName(window, "from")), read(columnName(window, "to"))];
      return from && to && { from, to };
    },
    column: (window, measure) => read(columnName(window, measure)),
  };
}

function readFingerprints(read: (name: string) => Float64Array | undefined): FingerprintColumns | undefined {
  const [pollsUsed, polls, calendar] = [read(POLLS_USED), read(POLLS), read(CALENDAR)];
  return pollsUsed && polls && calendar && { pollsUsed, polls, calendar };
}

/** Reads columns of numbers by their names, each only once. */
function numberReader(table: Table): (name: string) => Float64Array | undefined {
  const known = new Map<string, Float64Array | undefined>();
  return (name) => {
    if (!known.has(name)) {
      const values = table.getChild(name)?.toArray();
      // A file without stores has no batches, and a column of none is a plain array.
      known.set(
        name,
        values === undefined || values instanceof Float64Array ? values : Float64Array.from(values, Number),
      );
    }
    return known.get(name);
  };
}

function columnName(window: WindowName, column: Measure | keyof WindowEnds): string {
  return `${window}.${column}`;
}
