import type { CodedReject } from "../db/imports/rejects.ts";
import type { StagedFault, Staging } from "../db/stores/staging.ts";
import type { StoresTold, Warning } from "../domain/warning.ts";
import { type Columns, fits } from "./rows/columns.ts";
import type { CsvRecord } from "./text/csv_record.ts";
import { type Fault, shown } from "./faults/fault.ts";
import type { Notices } from "./faults/notice.ts";
import { isFault, readableId, type RowReader } from "./rows/row_readers.ts";
import type { PlainPolls } from "./plain_polls.ts";
import type { ShownRow } from "./shown_rows.ts";

/** A row that is rejected, and its store if the id can be read. */
export interface RejectedRow extends CodedReject {
  readonly storeId: string | undefined;
  /** Whether it is of a store that the actor does not see. */
  readonly isForeign?: boolean;
}

/** Takes the rows of one file: checks each, gathers the good ones, sends them to the staging table, merges at the end. */
export interface Intake<Record = CsvRecord> extends StagedRows {
  /** @returns why the row is rejected, if it is */
  take(record: Record): RejectedRow | undefined;
  /** Reads plain rows straight from bytes, if the file can have some. */
  readonly plain: PlainPolls | undefined;
  /** The number of rows gathered and not sent yet. */
  waiting(): number;
  send(): Promise<void>;
  addFaults(faults: readonly StagedFault[]): Promise<void>;
  /** Whether an id stands for all stores. */
  isForAll(storeId: string): boolean;
  /** Rejects good rows that a bad one makes useless. @returns how many */
  rejectOthers(importId: string): Promise<number>;
}

/** Rows that are in staging tables. */
export interface StagedRows {
  /** @returns how many rows of the database were added, altered or removed */
  merge(): Promise<number>;
  /** After the last row: what is to be said of the file as a whole. */
  warnings(): readonly Warning[];
  /** The stores that the merge made. */
  storesMade(): StoresTold;
  /** The first good rows, as they were understood. */
  firstRows(): readonly ShownRow[];
  readonly staging: Pick<Staging<never>, "kind" | "goodRows">;
}

const ROWS_SHOWN = 5;

export interface Reading<Row> {
  readonly columns: Columns;
  readonly notices: Notices;
  readonly read: RowReader<Row>;
  readonly show: (row: Row) => ShownRow["row"];
  /** Which stores rows may be of. Undefined: all stores. */
  readonly isOwn?: ((storeId: string) => boolean) | undefined;
}

const EMPTY_FIELDS_DROPPED = {
  code: "empty_fields_dropped",
  message: "A row has more fields than the header: those too many are empty and were dropped",
};

/** Takes rows of one kind. */
export function intake<Row extends { readonly storeId: string }>(
  { columns, notices, read, show, isOwn = () => true }: Reading<Row>,
  staging: Staging<Row>,
): Intake {
  const readAny = ({ line, fields }: CsvRecord): Row | RejectedRow => {
    if (!fits(fields, columns)) return ragged(line, fields, columns);
    const row = read(fields, line);
    if (isFault(row)) return rejected(line, row, readableId(fields, columns));
    if (fields.length > columns.width) notices.add(EMPTY_FIELDS_DROPPED, line);
    return row;
  };
  const readRecord = (record: CsvRecord): Row | RejectedRow => {
    const row = readAny(record);
    return row.storeId === undefined || isOwn(row.storeId) ? row : foreign(record.line, row.storeId);
  };
  return gathering(
    { read: readRecord, show, idColumn: columns.found[0]?.name ?? "store_id", shown: ROWS_SHOWN },
    staging,
  );
}

/** How records become rows. */
export interface Gathering<Record, Row> {
  readonly read: (record: Record) => Row | RejectedRow;
  readonly show: (row: Row) => ShownRow["row"];
  /** What the file calls the ids of stores. */
  readonly idColumn: string;
  /** How many of the first good rows are shown. */
  readonly shown: number;
}

/** Gathers rows, and sends them to a staging table. */
export function gathering<Record extends { readonly line: number }, Row extends object>(
  { read, show, idColumn, shown: mostShown }: Gathering<Record, Row>,
  staging: Staging<Row>,
): Intake<Record> {
  const first: ShownRow[] = [];
  let rows: Row[] = [];
  let lines: number[] = [];
  return {
    take(record) {
      const row = read(record);
      if (isRejected(row)) return row;
      if (first.length < mostShown) first.push({ line: record.line, row: show(row) });
      rows.push(row);
      lines.push(record.line);
      return undefined;
    },
    plain: undefined,
    waiting: () => rows.length,
    async send() {
      const sent = { rows, lines };
      rows = [];
      lines = [];
      await staging.add(sent.rows, sent.lines);
    },
    isForAll: (storeId) => staging.stores.isForAll(storeId),
    addFaults: (faults) => staging.stores.addFaults(faults),
    rejectOthers: (importId) => staging.rejectOthers(importId, idColumn),
    merge: () => staging.merge(),
    warnings: () => [],
    storesMade: () => staging.stores.made,
    firstRows: () => first,
    staging,
  };
}

function isRejected(row: object | RejectedRow): row is RejectedRow {
  return "code" in row;
}

function rejected(line: number, fault: Fault, storeId: string | undefined): RejectedRow {
  return { line, ...fault, storeId };
}

/** Nothing is noted of a store that somebody does not see. */
function foreign(line: number, value: string): RejectedRow {
  const reason = "is not a store that this key sees";
  return { line, code: "not_your_store", column: "store_id", value, reason, storeId: undefined, isForeign: true };
}

function ragged(line: number, fields: readonly string[], columns: Columns): RejectedRow {
  const reason = `has ${fields.length} ${fields.length === 1 ? "field" : "fields"}, the header has ${columns.width}`;
  // A field too many or too few moves all fields behind it, so that only a first field is surely the id.
  const storeId = columns.found[0]?.index === 0 ? readableId(fields, columns) : undefined;
  return { line, code: "field_count", column: undefined, value: shown(fields.join(",")), reason, storeId };
}
