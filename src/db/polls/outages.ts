import type { PendingQuery } from "postgres";
import type { Fragment, Transaction } from "../connection/client.ts";
import { lockStores } from "../stores/stores.ts";

/**
 * The polls that were merged in a transaction, as a part of a statement: for each store `store_key`, the instants `first` and
 * `last`, and whether they are `all_active` or `all_inactive`.
 */
export type MergedPolls = Fragment;

/**
 * Brings `outages` in line with polls that a file merged in this transaction, by looking at the polls around them.
 *
 * Two writers that add polls to one store at the same time do not see each other's polls. So each writer locks its stores before it
 * recomputes, and the second one sees the polls of the first.
 *
 * @returns how many of the stores exist: one may have been removed since its key was read
 */
export async function updateOutages(tx: Transaction, merged: MergedPolls): Promise<number> {
  const locked = lockStores(tx, tx`select store_key from (${merged}) merged`);
  const updated = recompute(tx, merged, tx`polls`).execute();
  const [[row]] = await Promise.all([locked, updated]);
  return row?.locked ?? 0;
}

/** The same for a live batch: looks into those partitions alone that it has to. */
export async function updateOutagesOfLivePolls(tx: Transaction, merged: MergedPolls): Promise<number> {
  const locked = lockStores(tx, tx`select store_key from (${merged}) merged`);
  const needed = monthsToLookInto(tx, merged).execute();
  const [[row], months] = await Promise.all([locked, needed]);
  if (months.length > 0) await recompute(tx, merged, pollsOf(tx, months.map(({ partition }) => partition)));
  return row?.locked ?? 0;
}

/**
 * The merged polls around which outages have to be recomputed. Most stores need none: active polls where no
 * outage is, and inactive ones within an outage, change nothing.
 */
function affected(tx: Transaction): Fragment {
  return tx`
    not (all_active and not exists (
      select from outages where outages.store_key = merged.store_key and ended > first
    ))
    and not (all_inactive and exists (
      select from outages where outages.store_key = merged.store_key and ended > last and began <= first
    ))`;
}

/** The outage that an instant is in or ends, if there is one. */
function outageAround(tx: Transaction, instant: Fragment): Fragment {
  return tx`
    select began from outages
    where outages.store_key = merged.store_key and began < ${instant} and ended >= ${instant}
    order by ended limit 1`;
}

/**
 * The partitions that have all polls by which the outages around a batch are found. Before it these are the polls since the outage
 * that it is in began, or else the store's last month with polls. Behind it they are those of the next month with polls, and until
 * the outage is over that begins before that month ends.
 */
function monthsToLookInto(tx: Transaction, merged: MergedPolls): PendingQuery<{ partition: string }[]> {
  return tx<{ partition: string }[]>`
    with spans as materialized (
      select store_key,
        coalesce(
          month_of((${outageAround(tx, tx`first`)})),
          (select max(month) from poll_months where poll_months.store_key = merged.store_key and month < month_of(first)),
          month_of(first)
        ) as earliest,
        last,
        coalesce(
          (select min(month) from poll_months where poll_months.store_key = merged.store_key and month > month_of(last)),
          month_of(last)
        ) as latest
      from (${merged}) merged
      where ${affected(tx)}
    )
    select distinct to_char(month, '"polls_"YYYY_MM') as partition
    from spans
    left join lateral (
      select began, ended from outages
      where outages.store_key = spans.store_key and ended > last order by ended limit 1
    ) next_outage on month_of(began) <= latest
    cross join lateral (
      select month from poll_months
      where poll_months.store_key = spans.store_key
        and month between earliest and case when ended is null then latest when isfinite(ended) then greatest(latest, month_of(ended)) else 'infinity' end
    ) needed`;
}

/** Some partitions as if they were all of `polls`. */
function pollsOf(tx: Transaction, partitions: readonly string[]): Fragment {
  const [first = "polls", ...others] = partitions;
  const rows = (partition: string) => tx`select store_key, at, active from ${tx(partition)}`;
  return tx`(${others.reduce((union, partition) => tx`${union} union all ${rows(partition)}`, rows(first))}) polls`;
}

/** Recomputes the outages around merged polls, between the active polls on either side. */
function recompute(tx: Transaction, merged: MergedPolls, polls: Fragment): Fragment {
  return tx`
    with merged as materialized (${merged}),
    affected as materialized (
      select store_key,
        coalesce(
          (${outageAround(tx, tx`first`)}),
          (
            select at from ${polls} where polls.store_key = merged.store_key and at < first and active
            order by at desc limit 1
          ),
          '-infinity'
        ) as begins,
        coalesce((
          select at from ${polls} where polls.store_key = merged.store_key and at > last and active
          order by at limit 1
        ), 'infinity') as active_after
      from merged
      where ${affected(tx)}
    ),
    found as materialized (
      select store_key, began, ended
      from affected cross join lateral (
        select active, at as began, lead(at, 1, 'infinity') over (order by at) as ended
        from (
          select at, active, active is distinct from lag(active) over (order by at) as changed
          from ${polls} where polls.store_key = affected.store_key and at between begins and active_after
        ) told
        where changed
      ) states
      where not active
    ),
    -- By their places, with a look-up for each store (which is what offset 0 is for): Otherwise Postgres joins, and
    -- reads all outages.
    removed as (
      delete from outages where ctid = any(array(
        select place from affected cross join lateral (
          select ctid as place, store_key, ended from outages
          where outages.store_key = affected.store_key and ended > begins and began < active_after
          offset 0
        ) old
        where (old.store_key, old.ended) not in (select store_key, ended from found)
      ))
    )
    insert into outages (store_key, began, ended)
    select store_key, began, ended from found
    on conflict (store_key, ended) do update set began = excluded.began where outages.began <> excluded.began`;
}
