import type { Sql, Transaction } from "./client.ts";

/** A run of stores in the order of their ids: all from the first to the last one. */
export interface StoreRange {
  readonly first: string;
  readonly last: string;
  readonly stores: number;
}

export async function countStores(sql: Sql | Transaction): Promise<number> {
  const [row] = await sql<{ stores: number }[]>`select count(*) as stores from stores`;
  return row?.stores ?? 0;
}

/** Cuts all stores, sorted by id, into runs of a size. */
export async function storeRanges(sql: Sql | Transaction, size: number): Promise<StoreRange[]> {
  return await sql<StoreRange[]>`
    select min(store_id) as first, max(store_id) as last, count(*)::integer as stores
    from (select store_id, (row_number() over (order by store_id) - 1) / ${size}::integer as number from stores) numbered
    group by number
    order by number`;
}

/** Makes sure that some stores exist. */
export async function addStores(sql: Sql | Transaction, storeIds: readonly string[]): Promise<void> {
  await sql`
    insert into stores (store_id)
    select distinct store_id collate "C" as store_id from unnest(${[...storeIds]}::text[]) as named (store_id)
    where not exists (select from stores where stores.store_id = named.store_id)
    order by 1
    on conflict do nothing`;
}
