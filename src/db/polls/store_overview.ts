import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Sql } from "../connection/client.ts";
import type { StoreName } from "../stores/store_list.ts";
import { latestPoll } from "./latest_poll.ts";
import { dateOf } from "./poll_days.ts";

/** All that is known of a store, but for its older polls. */
export interface StoreOverview extends StoreName {
  /** Of one version. */
  readonly hours: readonly { day: number; start: string; end: string }[];
  /** Whether hours are known: without rows of them, the store is closed all week. */
  readonly hasHours: boolean;
  readonly latestPoll: { readonly active: boolean; readonly at: Micros } | undefined;
}

/**
 * Reads what is known of a store.
 *
 * @param dateIn the date in a zone on which its hours have to hold. Those of its latest version, if the function or its result is
 * undefined
 */
export async function getStore(
  sql: Sql,
  storeId: string,
  dateIn: (timezone: string | undefined) => EpochDay | undefined = () => undefined,
): Promise<StoreOverview | undefined> {
  const latest = await latestPoll(sql);
  // The last weeks nearly always are enough, and each month of history before them would cost a look.
  const recent = latest === undefined ? undefined : await withLatestPoll(sql, storeId, latest - RECENT);
  const row = typeof recent?.at === "number" ? recent : await withLatestPoll(sql, storeId, EVER);
  if (row === undefined) return undefined;
  const { storeKey, active, at } = row;
  const timezone = row.timezone ?? undefined;
  const rows = await listHours(sql, storeKey, dateIn(timezone));
  return {
    storeId,
    timezone,
    hours: rows.flatMap(({ day, start, end }) => day === null ? [] : [{ day, start, end }]),
    hasHours: rows.length > 0,
    latestPoll: active === null || at === null ? undefined : { active, at },
  };
}

const RECENT = 21 * DAY;
/** Before any poll that can be stored. */
const EVER: Micros = -1;

interface StoreWithPoll {
  readonly storeKey: number;
  readonly timezone: string | null;
  readonly active: boolean | null;
  readonly at: Micros | null;
}

async function withLatestPoll(sql: Sql, storeId: string, since: Micros): Promise<StoreWithPoll | undefined> {
  const [row] = await sql<StoreWithPoll[]>`
    select store_key as "storeKey", timezone,
      (get_byte(entry, 4) & 1) = 1 as active, micros(poll_instant(day, entry)) as at
    from stores left join lateral (
      select day, substr(polls, length(polls) - 4) as entry from poll_days
      where poll_days.store_key = stores.store_key and day >= ${dateOf(since)}::date order by day desc limit 1
    ) latest on true
    where store_id = ${storeId}`;
  return row;
}

interface HoursRow {
  /** Null in the one row of a version that has no hours. */
  readonly day: number | null;
  readonly start: string;
  readonly end: string;
}

/** The rows of the version that holds on a date. None: no hours are known then. */
async function listHours(sql: Sql, storeKey: number, date: EpochDay | undefined): Promise<HoursRow[]> {
  const day = date === undefined ? "infinity" : dateOf(date * DAY);
  return await sql<HoursRow[]>`
    select day, start_time::text as start, end_time::text as "end"
    from (
      select store_key, valid_from from hours_versions
      where store_key = ${storeKey} and valid_from <= ${day}::text::date order by valid_from desc limit 1
    ) version left join business_hours using (store_key, valid_from)
    order by day, start_time, end_time`;
}
