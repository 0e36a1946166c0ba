/**
 * A second reader of files, slow and plain, made from the contract's table alone. It shares no code with `src`, so that both are
 * wrong in one way by chance only.
 */
import { decode } from "./decode.ts";
import { instant } from "./instant.ts";
import { opening, weekday } from "./opening.ts";
import { type Row, split } from "./records.ts";
import { storeId } from "./store_id.ts";
import { zoneOf, type Zones } from "./zone.ts";

export interface Reading {
  readonly kind: "polls" | "hours" | "timezones";
  /** The good rows as text. */
  readonly good: readonly string[];
  /** The lines of the bad ones. */
  readonly bad: readonly number[];
}

/** @returns `undefined` if the file as a whole fails */
export function readSecond(
  bytes: Uint8Array,
  zones: Zones,
): Reading | undefined {
  const text = decode(bytes);
  if (text === undefined || text.includes("\0")) return undefined;
  const records = split(text);
  const [header, ...rows] = records ?? [];
  if (header === undefined) return undefined;
  const names = header.fields.map((name) => name.trim().toLowerCase().replaceAll(/[ _-]/g, ""));
  for (const [kind, columns] of KINDS) {
    const places = columns.map((column) => placeOf(names, header.fields, column));
    if (places.some((place) => place === "missing")) continue;
    if (places.some((place) => place === "twice")) return undefined;
    return readRows({
      kind,
      header: header.fields,
      rows,
      places: places.map(Number),
    }, zones);
  }
  return undefined;
}

const KINDS = [
  ["polls", [
    "store_id store storeid",
    "status state",
    "timestamp_utc timestamp time_utc",
  ]],
  ["hours", [
    "store_id store storeid",
    "day dayofweek day_of_week weekday",
    "start_time_local start_time start open opens",
    "end_time_local end_time end close closes",
  ]],
  ["timezones", [
    "store_id store storeid",
    "timezone_str timezone time_zone tz",
  ]],
] as const;

function placeOf(
  names: string[],
  written: readonly string[],
  column: string,
): number | "missing" | "twice" {
  const ranked = written.flatMap((name, place) => {
    const wanted = column.split(" ");
    const exact = wanted.indexOf(
      name.trim().toLowerCase().replaceAll(/[ _-]+/g, "_"),
    );
    const rank = exact >= 0 ? exact : wanted.findIndex((each) => each.replaceAll("_", "") === names[place]);
    return rank < 0 ? [] : [{ rank, place }];
  }).sort((a, b) => a.rank - b.rank);
  const [first, second] = ranked;
  if (first === undefined) return "missing";
  return first.rank === second?.rank ? "twice" : first.place;
}

interface Table {
  readonly kind: Reading["kind"];
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  readonly places: readonly number[];
}

function readRows(
  { kind, header, rows, places }: Table,
  zones: Zones,
): Reading | undefined {
  const [good, bad]: [string[], number[]] = [[], []];
  const named = header.map((name) => name.trim() !== "").lastIndexOf(true) + 1;
  for (const { line, fields } of rows) {
    const surplus = fields.slice(header.length).some((field) => field.trim() !== "");
    const cells = places.map((place) => (fields[place] ?? "").trim());
    const isRagged = surplus || fields.length < named;
    if (kind === "hours" && !isRagged && cells[1] === "7") return undefined;
    const row = isRagged ? undefined : READ[kind](cells, header[places[2] ?? 0] ?? "", zones);
    if (row === undefined) bad.push(line);
    else good.push(row);
  }
  return { kind, good, bad };
}

type Read = (
  cells: string[],
  third: string,
  zones: Zones,
) => string | undefined;

const READ: Record<Reading["kind"], Read> = {
  polls: ([id = "", status = "", at = ""], column) => {
    const active = {
      active: true,
      up: true,
      online: true,
      inactive: false,
      down: false,
      offline: false,
    }[status.toLowerCase()];
    return joined(
      storeId(id),
      active,
      instant(at, /utc$/i.test(column.trim())),
    );
  },
  hours: ([id = "", day = "", start = "", end = ""]) => {
    const place = weekday(day);
    return place === undefined ? undefined : joined(storeId(id), opening(place, start, end));
  },
  timezones: ([id = "", zone = ""], _, zones) => joined(storeId(id), zoneOf(zone, zones)),
};

function joined(
  ...parts: (string | number | boolean | undefined)[]
): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("|");
}
