import { IMPORT_KINDS, type ImportKind } from "../db/imports.ts";
import { InputError } from "./input_error.ts";

/** The columns that each kind of file must have, each with the names that it goes by, in small letters. */
const COLUMNS: Record<ImportKind, readonly (readonly [string, ...string[]])[]> = {
  polls: [["store_id"], ["status"], ["timestamp_utc"]],
  hours: [["store_id"], ["day", "dayofweek", "day_of_week"], ["start_time_local"], ["end_time_local"]],
  timezones: [["store_id"], ["timezone_str"]],
};

export interface Column {
  /** As the file writes it. */
  readonly name: string;
  /** Its place in a row, from 0. */
  readonly index: number;
}

/** Where a file has the columns that its kind needs. */
export interface Columns {
  readonly kind: ImportKind;
  /** The number of fields in each row. */
  readonly width: number;
  /** In the order in which an error names them. */
  readonly found: readonly Column[];
}

/**
 * Finds the columns of a kind of file by their names in the header, in any order and letter case.
 *
 * @param kind told by the header if not given
 * @throws {InputError} if the header lacks a column, has one twice, or tells no kind, or more than one
 */
export function findColumns(header: readonly string[], kind?: ImportKind): Columns {
  const names = header.map((name) => name.trim());
  const chosen = kind ?? tellKind(names);
  const missing = missingColumns(names, chosen);
  if (missing.length > 0) {
    throw new InputError(
      `A file of ${chosen} needs the ${missing.length === 1 ? "column" : "columns"} ${missing.join(", ")}; ${
        listing(names)
      }`,
    );
  }
  return { kind: chosen, width: header.length, found: COLUMNS[chosen].map((column) => findOne(names, column)) };
}

/** The kinds of file that a header has all columns of. */
export function possibleKinds(header: readonly string[]): ImportKind[] {
  const names = header.map((name) => name.trim());
  return IMPORT_KINDS.filter((kind) => missingColumns(names, kind).length === 0);
}

/** Whether a header has a column for the id of a store, so that the file is meant for Storewatch. */
export function hasStoreId(header: readonly string[]): boolean {
  return header.some((name) => name.trim().toLowerCase() === "store_id");
}

function tellKind(names: readonly string[]): ImportKind {
  const [kind, another] = possibleKinds(names);
  if (kind !== undefined && another === undefined) return kind;
  if (kind !== undefined) throw new InputError(`The header fits ${kind} and ${another}: say which; ${listing(names)}`);
  const expected = IMPORT_KINDS.map((each) => `${each} (${COLUMNS[each].map(([name]) => name).join(", ")})`);
  throw new InputError(`The header tells no kind of file; expected are ${expected.join(", ")}; ${listing(names)}`);
}

function missingColumns(names: readonly string[], kind: ImportKind): string[] {
  const present = new Set(names.map((name) => name.toLowerCase()));
  return COLUMNS[kind].filter((column) => !column.some((name) => present.has(name))).map((column) =>
    column.join(" or ")
  );
}

function findOne(names: readonly string[], column: readonly string[]): Column {
  const [found, another] = names.map((name, index) => ({ name, index }))
    .filter(({ name }) => column.includes(name.toLowerCase()));
  if (found === undefined) throw new InputError(`The column ${column[0]} is missing; ${listing(names)}`);
  if (another !== undefined) throw new InputError(`The column ${column[0]} is there twice; ${listing(names)}`);
  return found;
}

const NAMES_SHOWN = 20;

function listing(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => JSON.stringify(name.slice(0, 40)));
  return `the file has ${shown.join(", ")}${names.length > NAMES_SHOWN ? ", …" : ""}`;
}
