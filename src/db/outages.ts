import type postgres from "postgres";
import type { BusinessHours } from "../domain/business_hours.ts";
import type { Interval, Micros } from "../domain/interval.ts";
import type { Transaction } from "./client.ts";
import { Bytes, BYTES_OF_HOURS, type Raw, readText } from "./raw.ts";
import type { StoreRange } from "./stores.ts";

/** A store as a chunk needs it whose method hears outages alone. */
export interface StoreOutages {
  readonly storeId: string;
  readonly timezone: string | undefined;
  readonly hours: BusinessHours[];
  /** Those that reach into the span that was asked for, in the order of time, whole. */
  readonly outages: Interval[];
}

/**
 * Reads a run of stores, in the order of their ids, and their outages within a span of time. All come in one row, a column a
 * property: 14,000 rows would take longer to tell apart than to compute.
 *
 * @returns the stores, each made when its turn comes
 */
export async function readOutages(
  tx: Transaction,
  { first, last }: StoreRange,
  { from, asOf }: { from: Micros; asOf: Micros },
): Promise<Iterable<StoreOutages>> {
  const [columns = []]: readonly (readonly Raw[])[] = await tx`
    select
      string_agg(store_id, E'\\n' order by store_id),
      string_agg(coalesce(timezone, ''), E'\\n' order by store_id),
      string_agg(
        int4send(store_key) || int2send((coalesce(octet_length(hours), 0) / ${BYTES_OF_HOURS})::smallint) || coalesce(hours, ''),
        '' order by store_id
      ),
      (
        select string_agg(
          int4send(store_key) || timestamptz_send(began) || timestamptz_send(ended), '' order by store_key, ended
        )
        from outages
        where store_key = any(array(select store_key from stores where store_id between ${first} and ${last}))
          and ended > instant(${from}) and began <= instant(${asOf})
      )
    from stores where store_id between ${first} and ${last}`.raw();
  return storesOf(columns);
}

function* storesOf([storeIds, timezones, keysAndHours, outages]: readonly Raw[]): Generator<StoreOutages> {
  const zones = readLines(timezones);
  const bytes = new Bytes(keysAndHours);
  const outagesOf = outagesByStore(new Bytes(outages));
  for (const [index, storeId] of readLines(storeIds).entries()) {
    const storeKey = bytes.int32();
    const hours = bytes.hours(bytes.int16());
    yield { storeId, timezone: zones[index] || undefined, hours, outages: outagesOf.get(storeKey) ?? [] };
  }
}

function outagesByStore(bytes: Bytes): Map<number, Interval[]> {
  const found = new Map<number, Interval[]>();
  while (!bytes.isAtEnd) {
    const storeKey = bytes.int32();
    const outage = { start: bytes.instant(), end: bytes.instant() };
    const others = found.get(storeKey);
    if (others === undefined) found.set(storeKey, [outage]);
    else others.push(outage);
  }
  return found;
}

function readLines(raw: Raw = null): string[] {
  return readText(raw)?.split("\n") ?? [];
}

/**
 * The polls that were merged in a transaction, as a part of a statement: for each store `store_key`, the instants `first` and
 * `last`, and whether they are `all_active` or `all_inactive`.
 */
export type MergedPolls = postgres.PendingQuery<postgres.Row[]>;

/**
 * Brings `outages` in line with polls that were merged in this transaction, by looking at the polls around them.
 *
 * Two who add polls to one store at the same time do not see each other's. So each takes the store first, and whoever comes
 * second looks when the first has committed. Stores are taken in the order of their keys, and only when all polls are
 * written: so nobody waits in a circle.
 */
export async function settleOutages(tx: Transaction, merged: MergedPolls): Promise<void> {
  const taken = tx`
    select count(*) from (
      select from stores where store_key = any(array(select store_key from (${merged}) merged))
      order by store_key for no key update
    ) taken`.execute();
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
          select ctid as place, ended from outages
          where outages.store_key = unsettled.store_key and ended > active_before and began < active_after
          offset 0
        ) old
        where not exists (select from found where found.store_key = unsettled.store_key and found.ended = old.ended)
      ))
    )
    insert into outages (store_key, began, ended)
    select store_key, began, ended from found
    on conflict (store_key, ended) do update set began = excluded.began where outages.began <> excluded.began`
    .execute();
  await Promise.all([taken, settled]);
}
