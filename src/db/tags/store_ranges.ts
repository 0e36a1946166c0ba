import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { hasTags } from "../stores/chosen_stores.ts";
import type { StoreRange } from "../stores/stores.ts";

/** How many stores a filter finds. */
export async function countStoresWhere(sql: Sql | Transaction, filter: TagFilter): Promise<number> {
  const [row] = await sql<{ stores: number }[]>`select count(*) as stores from stores where true ${
    hasTags(sql, filter)
  }`;
  return row?.stores ?? 0;
}

/**
 * Cuts stores, sorted by id, into runs of a size.
 *
 * @param where which stores; all if it is undefined
 */
export async function storeRanges(sql: Sql | Transaction, size: number, where?: TagFilter): Promise<StoreRange[]> {
  const ranges = await sql<StoreRange[]>`
    select min(store_id) as first, max(store_id) as last, count(*)::integer as stores
    from (
      select store_id, (row_number() over (order by store_id) - 1) / ${size}::integer as number
      from stores where true ${hasTags(sql, where)}
    ) numbered
    group by number
    order by number`;
  return where === undefined ? ranges : ranges.map((range) => ({ ...range, where }));
}

/** A condition on `stores`: whether a store belongs to a run. */
export function within(tx: Transaction, { first, last, where }: StoreRange): Fragment {
  return tx`store_id between ${first} and ${last} ${hasTags(tx, where)}`;
}

/** The zones of some stores. Undefined: some of them have no known zone. */
export async function zonesWithin(tx: Transaction, range: StoreRange): Promise<(string | undefined)[]> {
  const rows = await tx<{ timezone: string | null }[]>`
    select distinct timezone from stores where ${within(tx, range)}`;
  return rows.map(({ timezone }) => timezone ?? undefined);
}
