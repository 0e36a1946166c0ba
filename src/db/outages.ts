import type { Fragment, Transaction } from "./client.ts";
import { takeStores } from "./stores.ts";

/**
 * The polls that were merged in a transaction, as a part of a statement: for each store `store_key`, the instants `first` and
 * `last`, and whether they are `all_active` or `all_inactive`.
 */
export type MergedPolls = Fragment;

/**
 * Brings `outages` in line with polls that were merged in this transaction, by looking at the polls around them.
 *
 * Two who add polls to one store at the same time do not see each other's. So each, when its polls are written, takes their
 * stores, and whoever comes second looks when the first has committed.
 *
 * @returns how many of the stores exist: one may have been removed since its key was read
 */
export async function settleOutages(tx: Transaction, merged: MergedPolls): Promise<number> {
  const taken = takeStores(tx, tx`select store_key from (${merged}) merged`);
  const settled = tx`
    with merged as materialized (${merged}),
    -- Between the active polls on either side, outages are found anew. For most stores there is no need: active polls
    -- where no outage is, and inactive ones within an outage, change nothing.
    unsettled as materialized (
      select store_key,
        coalesce((
          select at from polls where polls.store_key = merged.store_key and at < first and active
          order by at desc limit 1
        ), '-infinity') as active_before,
        coalesce((
          select at from polls where polls.store_key = merged.store_key and at > last and active
          order by at limit 1
        ), 'infinity') as active_after
      from merged
      where not (all_active and not exists (
          select from outages where outages.store_key = merged.store_key and ended > first
        ))
        and not (all_inactive and exists (
          select from outages where outages.store_key = merged.store_key and ended > last and began <= first
        ))
    ),
    found as materialized (
      select store_key, began, ended
      from unsettled cross join lateral (
        select active, at as began, lead(at, 1, 'infinity') over (order by at) as ended
        from (
          select at, active, active is distinct from lag(active) over (order by at) as changed
          from polls where polls.store_key = unsettled.store_key and at between active_before and active_after
        ) told
        where changed
      ) states
      where not active
    ),
    -- By their places, and with a look-up for each store (which is what offset 0 is for): Postgres would rather join, and read
    -- through all outages that ever were.
    removed as (
      delete from outages where ctid = any(array(
        select place from unsettled cross join lateral (
          select ctid as place, store_key, ended from outages
          where outages.store_key = unsettled.store_key and ended > active_before and began < active_after
          offset 0
        ) old
        where (old.store_key, old.ended) not in (select store_key, ended from found)
      ))
    )
    insert into outages (store_key, began, ended)
    select store_key, began, ended from found
    on conflict (store_key, ended) do update set began = excluded.began where outages.began <> excluded.began`
    .execute();
  const [[row]] = await Promise.all([taken, settled]);
  return row?.taken ?? 0;
}
