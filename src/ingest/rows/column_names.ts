import type { ImportKind } from "../../db/imports/imports.ts";

/** What each column may be called, with `_` between words. The first name is its own; where a file has two, the earlier counts. */
export const COLUMN_NAMES = {
  store_id: ["store_id", "store", "storeid"],
  status: ["status", "state"],
  timestamp_utc: ["timestamp_utc", "timestamp", "time_utc"],
  day: ["day", "dayofweek", "day_of_week", "weekday"],
  start_time_local: ["start_time_local", "start_time", "start", "open", "opens"],
  end_time_local: ["end_time_local", "end_time", "end", "close", "closes"],
  timezone_str: ["timezone_str", "timezone", "time_zone", "tz"],
  opening_hours: ["opening_hours"],
  valid_from: ["valid_from"],
  date: ["date"],
  from: ["from"],
  to: ["to"],
  kind: ["kind"],
  reason: ["reason"],
  name: ["name", "store_name"],
  sales_per_hour: ["sales_per_hour"],
  target_percent: ["target_percent"],
} as const satisfies Record<string, readonly string[]>;

export type ColumnName = keyof typeof COLUMN_NAMES;

/** Columns that have other names in the file, as the user says: the file's name by the column's. */
export type ColumnAliases = ReadonlyMap<ColumnName, string>;

/** The columns that each kind of file must have. A file of stores has at least one more. */
export const COLUMNS_OF: Record<ImportKind, readonly ColumnName[]> = {
  polls: ["store_id", "status", "timestamp_utc"],
  hours: ["store_id", "day", "start_time_local", "end_time_local"],
  "special-hours": ["store_id", "date", "start_time_local", "end_time_local"],
  exclusions: ["store_id", "from", "to", "kind", "reason"],
  timezones: ["store_id", "timezone_str"],
  stores: ["store_id"],
};

/** A file of hours may have one text for the whole week of a store instead. */
export const COLUMNS_OF_WEEKS: readonly ColumnName[] = ["store_id", "opening_hours"];

/** The columns that each kind of file may have beside them. */
export const MAY_HAVE: Record<ImportKind, readonly ColumnName[]> = {
  polls: [],
  hours: ["valid_from"],
  "special-hours": ["reason"],
  exclusions: [],
  timezones: [],
  stores: ["name", "sales_per_hour", "target_percent"],
};

/** A column that a name may mean, and how good the name is for it: 0 for its own name, more for later ones. */
export interface Meaning {
  readonly column: ColumnName;
  readonly rank: number;
}

const MEANINGS: ReadonlyMap<string, Meaning> = meaningsByName();

/**
 * The column that a name means, if it means one. Letter case does not matter, nor does what stands between words: a space,
 * `_`, `-` or nothing.
 */
export function meaningOf(name: string): Meaning | undefined {
  const worded = name.toLowerCase().replaceAll(/[ _-]+/g, "_");
  return MEANINGS.get(worded) ?? MEANINGS.get(squashed(worded));
}

/** If two names differ only between words, the exact spelling wins. */
function meaningsByName(): Map<string, Meaning> {
  const meanings = Object.entries(COLUMN_NAMES).flatMap(([column, names]) =>
    isColumnName(column) ? names.map((name, rank): [string, Meaning] => [name, { column, rank }]) : []
  );
  const found = new Map<string, Meaning>(meanings);
  for (const [name, meaning] of meanings) if (!found.has(squashed(name))) found.set(squashed(name), meaning);
  return found;
}

export function isColumnName(name: string): name is ColumnName {
  return Object.hasOwn(COLUMN_NAMES, name);
}

/** Whether two column names differ only in letter case and in the characters between words. */
export function isSameName(a: string, b: string): boolean {
  return squashed(a) === squashed(b);
}

function squashed(name: string): string {
  return name.toLowerCase().replaceAll(/[ _-]/g, "");
}

/** `status or state`, for an error. */
export function namesOf(column: ColumnName): string {
  return COLUMN_NAMES[column].join(" or ");
}
