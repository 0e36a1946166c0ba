/** Folders of three small files, in the forms that people write, damaged at random in their cells or their bytes. */
import fc from "fast-check";
import { gzip } from "./csv_file.ts";
import { utf16 } from "./encodings.ts";

const id = fc.constantFrom("a", "b", "8139926242460185114");
const status = fc.constantFrom("active", "inactive", "Active", "DOWN", "online");
const two = (value: number) => String(value).padStart(2, "0");
const instant = fc.tuple(fc.integer({ min: 18, max: 25 }), fc.nat(23), fc.nat(59), fc.nat(7)).map(
  ([day, hour, minute, form]) => {
    const date = `2023-01-${two(day)}`;
    const clock = `${two(hour)}:${two(minute)}`;
    const seconds = Date.UTC(2023, 0, day, hour, minute) / 1000;
    return [
      ...[`${date} ${clock}:22.479220 UTC`, `${date}T${clock}Z`, `${date} ${hour}:${two(minute)}:05`, `${seconds}`],
      ...[`${date} ${clock}+05:30`, `${seconds}479`, `${date.replaceAll("-", "")}T${clock.replace(":", "")}22Z`],
      `${date} ${clock}:22,4792201z`,
    ][form] ?? "";
  },
);
const day = fc.constantFrom(...["0", "1", "2", "3", "4", "5", "6", "Monday", "tue", "WEDNESDAY"]);
const times = fc.constantFrom(
  ...[["9:00", "17:00"], ["09:00:00", "5 PM"], ["22:00", "02:00"], ["20:00", "26:00"], ["24:00", "25:30"]],
  ...[["", ""], ["closed", "closed"], ["12:00 AM", "noon"], ["00:00", "24:00"], ["2000-01-01 08:00", "8:30 pm"]],
);
const zone = fc.constantFrom(
  ...["America/New_York", "asia/tokyo", "UTC+3", "+05:30", "Eastern Standard Time", "Europe/Berlin", "Etc/GMT+5"],
);

const rows = (row: fc.Arbitrary<string[]>, maxLength: number) => fc.array(row, { minLength: 2, maxLength });

/** A table of each kind: its header and rows. */
const TABLES: readonly fc.Arbitrary<string[][]>[] = [
  rows(fc.tuple(id, status, instant), 9).map((polls) => [["store_id", "status", "timestamp_utc"], ...polls]),
  rows(fc.tuple(id, day, times).map(([store, weekday, ends]) => [store, weekday, ...ends]), 8)
    .map((hours) => [["store_id", "dayOfWeek", "start_time_local", "end_time_local"], ...hours]),
  rows(fc.tuple(id, zone), 4).map((zones) => [["store_id", "timezone_str"], ...zones]),
];

/** Damages the cells of a table in its place. Two numbers say where and how. */
type CellDamage = (lines: string[][], place: number, what: number) => void;

const NAMES = ["status", "tz", "x", "", "start", "end", "store", "day", "weekday", "timestamp", "time utc", "State"];
const FOREIGN = [
  ...["01/02/2023 10:00", "2023-01-25", "AEST", "9.30", "8.41954E+18", "8", "Café", "NULL", "\ufeffa", "1001.0", "'a"],
  ...["2099-01-01 00:00 UTC", "1999-12-31T23:59Z", "a ", "48:00", "open", "2023-01-25 6:13 PM", "44951.5", "Mo", "ａ"],
];

const CELL_DAMAGE: readonly CellDamage[] = [
  function swapCells(lines, place, what) {
    const [a, b] = [cell(lines, place), cell(lines, what)];
    [a.row[a.at], b.row[b.at]] = [b.row[b.at] ?? "", a.row[a.at] ?? ""];
  },
  function renameColumn(lines, place, what) {
    const header = lines[0] ?? [];
    header[place % header.length] = pick(NAMES, what);
  },
  function dropRow(lines, place) {
    lines.splice(place % lines.length, 1);
  },
  function repeatRow(lines, place, what) {
    lines.splice(place % lines.length, 0, [...pick(lines, what)]);
  },
  function cutRow(lines, place, what) {
    const row = pick(lines, place);
    row.length = Math.min(row.length, 1 + what % 3);
  },
  function breakQuote(lines, place, what) {
    const { row, at } = cell(lines, place);
    const text = row[at] ?? "";
    const cut = what % (text.length + 1);
    row[at] = `${text.slice(0, cut)}"${text.slice(cut)}`;
  },
  function changeSeparator(lines, place, what) {
    lines[place % lines.length] = [pick(lines, place).join(pick([";", "\t", "|", " "], what))];
  },
  function writeSomethingElse(lines, place, what) {
    const { row, at } = cell(lines, place);
    row[at] = pick(FOREIGN, what);
  },
];

function pick<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError("An item was to be picked from an empty list");
  return item;
}

function cell(lines: readonly string[][], place: number): { row: string[]; at: number } {
  const row = pick(lines, place);
  return { row, at: Math.floor(place / lines.length) % Math.max(row.length, 1) };
}

/** Damages the bytes of a file, of which there is at least one. */
type ByteDamage = (bytes: Uint8Array, place: number, what: number) => Uint8Array;

/** Bytes of several encodings, and those that end lines, cells and quotes. */
const MIXED = [[0xe9], [0xc3, 0xa9], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0], [10], [13], [34], [44], [59], [32], [0xa0]];

const BYTE_DAMAGE: readonly ByteDamage[] = [
  function changeByte(bytes, place, what) {
    return bytes.with(place % bytes.length, what % 256);
  },
  function changeDigit(bytes, place, what) {
    const digits = [...bytes.keys()].filter((at) => /\d/.test(String.fromCharCode(bytes[at] ?? 0)));
    return digits.length === 0 ? bytes : bytes.with(pick(digits, place), 48 + what % 10);
  },
  function insertBytes(bytes, place, what) {
    const at = place % bytes.length;
    return Uint8Array.of(...bytes.slice(0, at), ...pick(MIXED, what), ...bytes.slice(at));
  },
  function cutFile(bytes, place) {
    return bytes.slice(0, 1 + place % bytes.length);
  },
  function pack(bytes) {
    return gzip(bytes);
  },
  function packAndCut(bytes, place) {
    const packed = gzip(bytes);
    return packed.slice(0, packed.length - 1 - place % (packed.length - 3));
  },
  function writeUtf16(bytes, place, what) {
    const order = what % 2 === 0 ? "little" : "big";
    return utf16(new TextDecoder().decode(bytes), { order, mark: place % 2 === 0 });
  },
  function writeCarriageReturns(bytes) {
    return bytes.map((byte) => byte === 10 ? 13 : byte);
  },
];

const damage = <Kind>(kinds: readonly Kind[]) =>
  fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(10_000), fc.nat(10_000)), { minLength: 1, maxLength: 2 });

/** Three in seven files stay whole: of folders whose files all fail, nothing would be compared. */
function damagedFile(table: fc.Arbitrary<string[][]>): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { arbitrary: table.map(bytesOf), weight: 3 },
    { arbitrary: fc.tuple(table, damage(CELL_DAMAGE)).map(([lines, harm]) => bytesOf(harmed(lines, harm))), weight: 2 },
    {
      arbitrary: fc.tuple(table.map(bytesOf), damage(BYTE_DAMAGE)).map(([bytes, harm]) =>
        harm.reduce((now, [apply, place, what]) => apply(now, place, what), bytes)
      ),
      weight: 2,
    },
  );
}

function harmed(table: readonly string[][], harm: readonly [CellDamage, number, number][]): string[][] {
  const lines = table.map((line) => [...line]);
  for (const [apply, place, what] of harm) apply(lines, place, what);
  return lines;
}

function bytesOf(lines: readonly string[][]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line.join(",")}\n`).join(""));
}

/** The files of a folder. */
export const damagedFolder: fc.Arbitrary<Uint8Array[]> = fc.tuple(...TABLES.map(damagedFile));
