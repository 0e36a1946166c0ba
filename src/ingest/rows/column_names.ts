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
} as const satisfies Record<string, readonly string[]>;

export type ColumnName = keyof typeof COLUMN_NAMES;

/** Columns that a file calls otherwise, as its user says: the file's name by the column's. */
export type ColumnAliases = ReadonlyMap<ColumnName, string>;

/** The columns that each kind of file must have, in the order in which the header is tried. */
export const COLUMNS_OF: Record<ImportKind, readonly ColumnName[]> = {
  polls: ["store_id", "status", "timestamp_utc"],
  hours: ["store_id", "day", "start_time_local", "end_time_local"],
  timezones: ["store_id", "timezone_str"],
};

/**
 * How good a name is for a column: 0 for its own name, more for later ones. Letter case does not matter, nor does what stands
 * between words: a space, `_`, `-` or nothing.
 *
 * @returns `undefined` if the column has no such name
 */
export function rankOf(name: string, column: ColumnName): number | undefined {
  const names: readonly string[] = COLUMN_NAMES[column];
  const worded = name.toLowerCase().replaceAll(/[ _-]+/g, "_");
  const exact = names.indexOf(worded);
  const rank = exact === -1 ? names.findIndex((each) => squashed(each) === squashed(worded)) : exact;
  return rank === -1 ? undefined : rank;
}

/** Whether two names of columns differ in letter case and in what stands between words alone. */
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
