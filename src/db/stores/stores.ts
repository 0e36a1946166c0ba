import type postgres from "postgres";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";

/** A run of stores in the order of their ids: all from the first to the last one, or those of them that a filter finds. */
export interface StoreRange {
  readonly first: string;
  readonly last: string;
  readonly stores: number;
  readonly where?: TagFilter;
}

export async function countStores(sql: Sql | Transaction): Promise<number> {
  const [row] = await sql<{ stores: number }[]>`select count(*) as stores from stores`;
  return row?.stores ?? 0;
}

/** The first stores in the order of ids, at most so many; undefined if no store exists. */
export async function firstStores(sql: Sql | Transaction, most: number): Promise<StoreRange | undefined> {
  const [range] = await sql<StoreRange[]>`
    select min(store_id) as first, max(store_id) as last, count(*)::integer as stores
    from (select store_id from stores order by store_id limit ${most}) first having count(*) > 0`;
  return range;
}

/**
 * Locks stores until the end of the transaction, in the order of their keys: in one order, transactions never wait for each other in a
 * circle.
 *
 * @param keys a query for the `store_key` of each
 */
export function lockStores(tx: Transaction, keys: Fragment): postgres.PendingQuery<{ locked: number }[]> {
  // Sent at once, ahead of what the caller sends next without waiting.
  return tx<{ locked: number }[]>`
    select count(*) as locked from (
      select from stores where store_key = any(array(${keys})) order by store_key for no key update
    ) locked`.execute();
}

/**
 * The keys of some stores; those that do not exist yet are made. In the order of their ids: transactions that make the same stores in
 * one order never wait for each other in a circle.
 */
export async function provideStores(tx: Transaction, storeIds: readonly string[]): Promise<Map<string, number>> {
  const known = await keysOf(tx, storeIds);
  const missing = storeIds.filter((storeId) => !known.has(storeId));
  if (missing.length === 0) return known;
  await tx`
    insert into stores (store_id)
    select distinct store_id collate "C" as store_id from unnest(${missing}::text[]) as named (store_id)
    order by 1
    on conflict do nothing`;
  return await keysOf(tx, storeIds);
}

/** The key of a store; undefined if no store has this id. */
export async function findKey(sql: Sql | Transaction, storeId: string): Promise<number | undefined> {
  // Postgres cannot keep a NUL in a text.
  return storeId.includes("\0") ? undefined : (await keysOf(sql, [storeId])).get(storeId);
}

/** The keys of those of some stores that exist, by their ids. */
export async function keysOf(tx: Sql | Transaction, storeIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx<{ storeId: string; storeKey: number }[]>`
    select store_id as "storeId", store_key as "storeKey" from stores where store_id = any(${[...storeIds]}::text[])`;
  return new Map(rows.map(({ storeId, storeKey }) => [storeId, storeKey]));
}
