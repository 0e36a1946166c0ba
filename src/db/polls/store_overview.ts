import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { Sql } from "../connection/client.ts";
import type { StoreName } from "../stores/store_list.ts";
import { latestPoll } from "./latest_poll.ts";
import { dateOf } from "./poll_days.ts";

/** All that is known of a store, but for its older polls. */
export interface StoreOverview extends StoreName {
  readonly hours: readonly { day: number; start: string; end: string }[];
  /** Whether hours are known: without rows of them, the store is closed all week. */
  readonly hasHours: boolean;
  readonly latestPoll: { readonly active: boolean; readonly at: Micros } | undefined;
}

export async function getStore(sql: Sql, storeId: string): Promise<StoreOverview | undefined> {
  const latest = await latestPoll(sql);
  // The last weeks nearly always are enough, and each month of history before them would cost a look.
  const recent = latest === undefined ? undefined : await withLatestPoll(sql, storeId, latest - RECENT);
  const row = typeof recent?.at === "number" ? recent : await withLatestPoll(sql, storeId, EVER);
  if (row === undefined) return undefined;
  const { storeKey, timezone, hasHours, active, at } = row;
  return {
    storeId,
    timezone: timezone ?? undefined,
    hours: await listHours(sql, storeKey),
    hasHours,
    latestPoll: active === null || at === null ? undefined : { active, at },
  };
}

const RECENT = 21 * DAY;
/** Before any poll that can be stored. */
const EVER: Micros = -1;

interface StoreWithPoll {
  readonly storeKey: number;
  readonly timezone: string | null;
  readonly hasHours: boolean;
  readonly active: boolean | null;
  readonly at: Micros | null;
}

async function withLatestPoll(sql: Sql, storeId: string, since: Micros): Promise<StoreWithPoll | undefined> {
  const [row] = await sql<StoreWithPoll[]>`
    select store_key as "storeKey", timezone, hours is not null as "hasHours",
      (get_byte(entry, 4) & 1) = 1 as active, micros(poll_instant(day, entry)) as at
    from stores left join lateral (
      select day, substr(polls, length(polls) - 4) as entry from poll_days
      where poll_days.store_key = stores.store_key and day >= ${dateOf(since)}::date order by day desc limit 1
    ) latest on true
    where store_id = ${storeId}`;
  return row;
}

async function listHours(sql: Sql, storeKey: number): Promise<StoreOverview["hours"]> {
  return await sql<{ day: number; start: string; end: string }[]>`
    select day, start_time::text as start, end_time::text as "end" from business_hours
    where store_key = ${storeKey} order by day, start_time, end_time`;
}
