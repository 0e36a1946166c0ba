import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { DAY } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Dates } from "../../domain/trends/local_dates.ts";
import type { Transaction } from "../connection/client.ts";
import { dateOf } from "../polls/poll_days.ts";
import { hasTags } from "../stores/chosen_stores.ts";
import { plainArray } from "../stores/staging.ts";

/** Stores that are alike: one zone, the same dates kept, and the same values of some tags. Most stores of a fleet are. */
export interface Cohort {
  readonly timezone: string | undefined;
  /** In the order of time, apart from each other. */
  readonly kept: readonly Dates[];
  /** The values of the tags that were asked for. Null: the stores do not have this tag. */
  readonly group: readonly (string | null)[];
  readonly keys: readonly number[];
}

/** Which stores, and the tags by which they are told apart. */
export interface Selection {
  readonly where?: TagFilter | undefined;
  readonly groupBy?: readonly string[];
  /** One store alone. */
  readonly storeId?: string | undefined;
}

type CohortRow = Omit<Cohort, "timezone" | "kept"> & { readonly timezone: string | null; readonly kept: string };

export async function listCohorts(tx: Transaction, selection: Selection = {}): Promise<Cohort[]> {
  const { where, groupBy = [], storeId } = selection;
  const rows = await tx<CohortRow[]>`
    select timezone, coalesce(kept::text, '{}') as kept, values as group, array_agg(store_key) as keys
    from (
      select store_key, timezone, kept,
        to_jsonb(array(
          select tags ->> key from unnest(${[...groupBy]}::text[]) with ordinality as asked (key, place) order by place
        )) as values
      from stores left join trend_stores using (store_key)
      where true ${hasTags(tx, where)} ${storeId === undefined ? tx`` : tx`and store_id = ${storeId}`}
    ) stores
    group by 1, 2, 3`;
  return rows.map((row) => ({ ...row, timezone: row.timezone ?? undefined, kept: readDates(row.kept) }));
}

const RANGE = /\[(\d{4,}-\d\d-\d\d),(\d{4,}-\d\d-\d\d)\)/g;

function readDates(multirange: string): Dates[] {
  return Array.from(multirange.matchAll(RANGE), ([, start = "", end = ""]) => ({ start: day(start), end: day(end) }));
}

function day(date: string): EpochDay {
  return Date.parse(date) * 1000 / DAY;
}

/** Null: there is no end. */
function date(day: EpochDay): string | null {
  return Number.isFinite(day) ? dateOf(day * DAY) : null;
}

/** Dates of a store that are no longer right. */
export interface StaleDates extends Dates {
  readonly storeKey: number;
}

/** Dates of all stores of a zone that are no longer right. */
export interface StaleZone extends Dates {
  readonly timezone: string | undefined;
}

export async function forgetDates(tx: Transaction, stale: readonly StaleDates[]): Promise<void> {
  if (stale.length === 0) return;
  await tx`
    update trend_stores set kept = kept - stale
    from (
      select key, range_agg(daterange(first, after)) as stale from unnest(
        ${plainArray(stale.map(({ storeKey }) => storeKey))}::integer[], ${
    stale.map(({ start }) => date(start))
  }::date[],
        ${stale.map(({ end }) => date(end))}::date[]
      ) as given (key, first, after)
      group by key
    ) stale_stores
    where store_key = key and kept && stale`;
}

export async function forgetDatesIn(tx: Transaction, zones: readonly StaleZone[]): Promise<void> {
  if (zones.length === 0) return;
  await tx`
    update trend_stores set kept = kept - stale
    from (
      select zone, range_agg(daterange(first, after)) as stale from unnest(
        ${zones.map(({ timezone }) => timezone ?? null)}::text[], ${zones.map(({ start }) => date(start))}::date[],
        ${zones.map(({ end }) => date(end))}::date[]
      ) as given (zone, first, after)
      group by zone
    ) stale_zones, stores
    where stores.store_key = trend_stores.store_key and timezone is not distinct from zone and kept && stale`;
}

/** Forgets all dates: they are computed again. */
export async function forgetAllDates(tx: Transaction): Promise<void> {
  await tx`update trend_stores set kept = '{}' where kept <> '{}'`;
}

/** Notes that the sums of some dates are right. */
export async function keepDates(tx: Transaction, keys: readonly number[], { start, end }: Dates): Promise<void> {
  await tx`
    insert into trend_stores as there (store_key, kept)
    select key, datemultirange(daterange(${date(start)}::date, ${date(end)}::date))
    from unnest(${plainArray(keys)}::integer[]) as key order by key
    on conflict (store_key) do update set kept = there.kept + excluded.kept`;
}
