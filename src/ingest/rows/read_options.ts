import { COLUMN_NAMES, type ColumnAliases, type ColumnName, isColumnName, isSameName } from "./column_names.ts";
import { STORE_ID } from "../values/store_id.ts";
import { Unreadable } from "../values/value.ts";
import { DAY_NUMBERINGS, type DayNumbering } from "../values/weekday.ts";

/** What the user says of how a file is written. */
export interface ReadOptions {
  /** Columns that have other names in the file. */
  readonly aliases?: ColumnAliases | undefined;
  /** How the file numbers weekdays; 0 = Monday if not given. */
  readonly days?: DayNumbering | undefined;
  /** The stores for which the dates of a calendar are; all if not given. */
  readonly stores?: readonly string[] | undefined;
}

const COLUMNS = Object.keys(COLUMN_NAMES).filter(isColumnName);

export const COLUMN_FORM = `must be COLUMN=NAME, where COLUMN is one of ${
  COLUMNS.join(", ")
}, and NAME what the file calls it`;

/** Reads `timestamp_utc=seen_at`; `undefined` if it has not this form. */
export function parseColumnAlias(text: string): readonly [ColumnName, string] | undefined {
  const equals = text.indexOf("=");
  const [wanted, name] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  const column = COLUMNS.find((each) => isSameName(each, wanted));
  return equals === -1 || name === "" || column === undefined ? undefined : [column, name];
}

export const DAYS_FORM = `must be ${DAY_NUMBERINGS.slice(0, -1).join(", ")} or ${DAY_NUMBERINGS.at(-1)}`;

/** Reads the id of a store; `undefined` if it is not one. */
export function parseStore(text: string): string | undefined {
  const id = STORE_ID.read(text.trim(), () => {});
  return id instanceof Unreadable ? undefined : id;
}

export const STORE_FORM = "must be the id of a store";
