import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { StoresTold, StoreWarningCode, Warning } from "../../domain/warning.ts";
import { storeWarning } from "../../domain/warning.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { IMPORT_KINDS, type ImportKind } from "./imports.ts";
import { hasTags } from "../stores/chosen_stores.ts";
import type { StoreRange } from "../stores/stores.ts";
import { within } from "../tags/store_ranges.ts";
import { plainArray, STORES_TOLD } from "../stores/staging.ts";

/** What a store's mark says, by the kind of file whose rows were rejected. */
const MARKS: Record<ImportKind, StoreWarningCode> = {
  polls: "polls_rejected",
  hours: "hours_rejected",
  "special-hours": "special_hours_rejected",
  exclusions: "exclusions_rejected",
  timezones: "zone_rejected",
  stores: "details_rejected",
};

/**
 * Marks the stores that have rejected rows in the staged file, and clears the mark of those that have good rows only.
 * Expects `staged_keys`, and that merges of this kind take turns.
 *
 * @returns whether stores were marked, as warnings
 */
export async function updateMarks(tx: Transaction, importId: string, kind: ImportKind): Promise<Warning[]> {
  await tx`
    delete from store_marks
    where kind = ${kind} and store_key in (select store_key from staged_keys where not faulty)`;
  const { count } = await tx`
    insert into store_marks (store_key, kind, import_id)
    select distinct store_key, ${kind}, ${importId}::uuid from staged_keys where faulty order by store_key
    on conflict (kind, store_key) do update set import_id = excluded.import_id`;
  if (count === 0) return [];
  const marked = await tx<{ storeId: string }[]>`
    select distinct store_id as "storeId" from staged_keys join stores using (store_key)
    where faulty order by store_id limit ${STORES_TOLD}`;
  return [storeWarning(MARKS[kind], { total: count, first: marked.map(({ storeId }) => storeId) })];
}

/** Clears the marks of stores of which good values came by another way than a file. */
export async function clearMarks(tx: Transaction, kind: ImportKind, keys: readonly number[]): Promise<void> {
  await tx`delete from store_marks where kind = ${kind} and store_key = any(${plainArray(keys)}::integer[])`;
}

/** The stores that a load of the staged file would mark, as warnings. */
export async function foreseeMarks(tx: Transaction, kind: ImportKind): Promise<Warning[]> {
  const [told] = await tx<StoresTold[]>`
    select count(*) as total, coalesce((array_agg(store_id order by store_id))[:${STORES_TOLD}::integer], '{}') as first
    from (select distinct store_id from staged_faults join staged_stores using (number)) faulty`;
  return told === undefined || told.total === 0 ? [] : [storeWarning(MARKS[kind], told)];
}

/** How many stores of each mark a report names. */
const STORES_OF_REPORT = 100;

/**
 * The marks of stores, as warnings.
 *
 * @param where which stores; all if it is undefined
 */
export async function markedStores(tx: Transaction, where?: TagFilter): Promise<Warning[]> {
  const among = where && tx`where store_key in (select store_key from stores where true ${hasTags(tx, where)})`;
  const found = await tx<({ kind: ImportKind } & StoresTold)[]>`
    select kind, count(*) as total, array(
      select store_id from store_marks same join stores using (store_key)
      where same.kind = store_marks.kind ${hasTags(tx, where)} order by store_id limit ${STORES_OF_REPORT}
    ) as first
    from store_marks ${among ?? tx``} group by kind`;
  return IMPORT_KINDS.flatMap((kind) => {
    const told = found.find((row) => row.kind === kind);
    return told === undefined ? [] : [storeWarning(MARKS[kind], told)];
  });
}

/** The codes of the marks of some stores, by the store's id. */
export async function marksWithin(
  tx: Transaction,
  range: StoreRange,
): Promise<Map<string, StoreWarningCode[]>> {
  const found = await tx<{ storeId: string; kind: ImportKind }[]>`
    select store_id as "storeId", kind from store_marks join stores using (store_key)
    where ${within(tx, range)}`;
  const codes = new Map<string, StoreWarningCode[]>();
  for (const kind of IMPORT_KINDS) {
    for (const row of found) {
      if (row.kind === kind) codes.set(row.storeId, [...codes.get(row.storeId) ?? [], MARKS[kind]]);
    }
  }
  return codes;
}

/** A mark of one store. */
export interface StoreMark {
  readonly code: StoreWarningCode;
  readonly markedAt: Micros;
  /** The latest import in which rows of the store were rejected; undefined if its record is gone. */
  readonly importId: string | undefined;
  readonly source: string | undefined;
}

export async function marksOf(sql: Sql, storeId: string): Promise<StoreMark[]> {
  const rows = await sql<{ kind: ImportKind; markedAt: Micros; importId: string | null; source: string | null }[]>`
    select store_marks.kind, micros(marked_at) as "markedAt", import_id as "importId", source
    from store_marks join stores using (store_key) left join imports using (import_id)
    where store_id = ${storeId} order by 1`;
  return rows.map(({ kind, markedAt, importId, source }) => ({
    code: MARKS[kind],
    markedAt,
    importId: importId ?? undefined,
    source: source ?? undefined,
  }));
}
