import type { ImportKind } from "../../db/imports/imports.ts";
import { passedOver } from "./column_choice.ts";
import { type ColumnAliases, type ColumnName, COLUMNS_OF, MAY_HAVE } from "./column_names.ts";
import { InputError } from "../faults/input_error.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { type Column, HeaderTable, lacks } from "./header_table.ts";
import { findTags, type TagColumn } from "./tag_columns.ts";
import { kindOf, unknownKind } from "./tell_kind.ts";

/** Where a file has the columns that its kind needs. */
export interface Columns {
  readonly kind: ImportKind;
  /** The number of fields in each row. */
  readonly width: number;
  /** The fields behind it have no name in the header: rows may leave them out. */
  readonly namedWidth: number;
  /** The columns that the file must have, in the order in which an error names them. */
  readonly wanted: readonly ColumnName[];
  /** Where it has them. */
  readonly found: readonly Column[];
  /** Those that the kind may have. */
  readonly others: ReadonlyMap<ColumnName, Column>;
  /** Those of a stores file. */
  readonly tags: readonly TagColumn[];
  /** What was chosen between. */
  readonly notices: readonly NoticeKind[];
}

export interface ColumnOptions {
  /** Told by the header if not given. */
  readonly kind?: ImportKind | undefined;
  readonly aliases?: ColumnAliases | undefined;
}

/**
 * Finds the columns of a kind of file by their names in the header, in any order and letter case.
 *
 * @throws {InputError} if the header lacks a column, has one twice, or tells no kind
 */
export function findColumns(header: readonly string[], { kind, aliases = new Map() }: ColumnOptions = {}): Columns {
  const table = new HeaderTable(header, aliases);
  const chosen = kind ?? kindOf(table);
  if (chosen === undefined) throw new InputError(unknownKind(table));
  const missing = table.missing(chosen);
  if (missing.length > 0) throw new InputError(lacks(table, chosen, missing));
  if (!table.fits(chosen)) throw new InputError(`A file of stores needs a column beside store_id; ${table.listing}`);
  const wanted = table.columnsOf(chosen);
  const choices = wanted.map((column) => table.choose(column));
  const others = MAY_HAVE[chosen].filter((column) => table.candidates(column).length > 0)
    .map((column) => ({ ...table.choose(column), meaning: column }));
  const named = [...choices, ...others];
  const tags = chosen === "stores" ? tagsOf(table) : { tags: [], notices: [] };
  const passed = [...named.flatMap(({ passedOver }) => passedOver), ...weekPassedOver(table, wanted)];
  return {
    kind: chosen,
    width: header.length,
    namedWidth: table.namedWidth,
    wanted,
    found: choices.map(({ column }) => column),
    others: new Map(others.map(({ meaning, column }) => [meaning, column])),
    tags: tags.tags,
    notices: [...passed, ...table.ofOtherKinds(chosen), ...tags.notices],
  };
}

/** A file of hours may have days and times, and a text for the week beside them. */
function weekPassedOver(table: HeaderTable, wanted: readonly ColumnName[]): NoticeKind[] {
  const [week] = table.candidates("opening_hours");
  return week === undefined || !wanted.includes("day") ? [] : [passedOver("day", [week.column.name])];
}

/** Every column of a stores file that has no meaning there. */
function tagsOf(table: HeaderTable): ReturnType<typeof findTags> {
  const meant = [...COLUMNS_OF.stores, ...MAY_HAVE.stores].flatMap((column) => table.candidates(column));
  const places = new Set(meant.map(({ column }) => column.index));
  return findTags(table.columns.filter(({ index }) => !places.has(index)));
}

/** A column that is read, and what the file calls it. */
export interface CheckedColumn {
  readonly column: string;
  readonly name: string;
}

/** The columns that are read of a file. */
export function columnsRead({ wanted, found, others, tags }: Columns): CheckedColumn[] {
  return [
    ...found.map(({ name }, place) => ({ column: wanted[place] ?? name, name })),
    ...[...others].map(([column, { name }]) => ({ column, name })),
    ...tags.map(({ key, name }) => ({ column: `tag ${key}`, name })),
  ];
}

/** The kind of file that a header tells. */
export function possibleKind(header: readonly string[], aliases: ColumnAliases = new Map()): ImportKind | undefined {
  return kindOf(new HeaderTable(header, aliases));
}

/** Whether a header has a column for store ids. Other files are not meant for Storewatch. */
export function hasStoreId(header: readonly string[], aliases: ColumnAliases = new Map()): boolean {
  return new HeaderTable(header, aliases).candidates("store_id").length > 0;
}

/** Whether a row has the header's fields. Those without a name there may be left out, and empty ones may be too many. */
export function fits(fields: readonly string[], { width, namedWidth }: Columns): boolean {
  if (fields.length <= width) return fields.length >= namedWidth;
  return fields.slice(width).every((field) => field.trim() === "");
}
