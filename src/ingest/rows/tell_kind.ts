import { IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import { COLUMNS_OF } from "./column_names.ts";
import { type HeaderTable, lacks } from "./header_table.ts";

/**
 * The first kind of file that a header fits. Every header with a store id and another column fits a file of stores. It does not
 * count as one if it looks like another kind that lacks a column: its instants or times of day would become tags.
 */
export function kindOf(table: HeaderTable): ImportKind | undefined {
  const first = IMPORT_KINDS.find((kind) => table.fits(kind));
  return first === "stores" && !isOfStores(table) && nearestKind(table) !== undefined ? undefined : first;
}

function isOfStores(table: HeaderTable): boolean {
  return table.has("name") || table.has("sales_per_hour") || table.has("target_percent");
}

/** How many columns beside the store id show what a file is meant to be. `date`, `from` or `kind` alone may be tags. */
const ENOUGH: ReadonlyMap<ImportKind, number> = new Map([
  ["polls", 1],
  ["hours", 1],
  ["special-hours", 2],
  ["exclusions", 2],
]);

/** The kind that a header lacks fewest columns of. */
function nearestKind(table: HeaderTable): ImportKind | undefined {
  return [...ENOUGH].filter(([kind, enough]) => {
    const there = COLUMNS_OF[kind].filter((column) => table.has(column) && column !== "store_id");
    return there.length >= enough;
  }).map(([kind]) => kind).sort((a, b) => table.missing(a).length - table.missing(b).length)[0];
}

/** Why a header tells no kind: what the nearest kind lacks, if there is one. */
export function unknownKind(table: HeaderTable): string {
  const nearest = nearestKind(table);
  if (nearest === undefined) {
    const expected = IMPORT_KINDS.map((kind) => `${kind} (${listOf(kind)})`).join(", ");
    return `The header tells no kind of file; expected are ${expected}; ${table.listing}`;
  }
  const asStores = table.missing("stores").length > 0 ? "" : ". If its columns are tags of stores, load it as stores";
  return `The header tells no kind of file. ${lacks(table, nearest, table.missing(nearest))}${asStores}`;
}

function listOf(kind: ImportKind): string {
  return [...COLUMNS_OF[kind], ...kind === "stores" ? ["name or others"] : []].join(", ");
}
