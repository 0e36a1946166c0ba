import type postgres from "postgres";
import { DAY, type Micros } from "../domain/interval.ts";
import type { Sql } from "./client.ts";
import { latestPoll } from "./polls.ts";

export interface StoreName {
  readonly storeId: string;
  /** Undefined if none is known. */
  readonly timezone: string | undefined;
}

/** All that is known of a store, but for its older polls. */
export interface StoreOverview extends StoreName {
  readonly hours: readonly { day: number; start: string; end: string }[];
  readonly latestPoll: { readonly active: boolean; readonly at: Micros } | undefined;
}

/** Stores whose id contains a text, in the order of ids; `after` is the last id of the page before. */
export async function listStores(
  sql: Sql,
  { containing = "", after = "", limit }: { containing?: string; after?: string; limit: number },
): Promise<StoreName[]> {
  const rows = await sql<{ storeId: string; timezone: string | null }[]>`
    select store_id as "storeId", timezone from stores
    where store_id > ${after} and strpos(store_id, ${containing}) > 0
    order by store_id limit ${limit}`;
  return rows.map(({ storeId, timezone }) => ({ storeId, timezone: timezone ?? undefined }));
}

export async function getStore(sql: Sql, storeId: string): Promise<StoreOverview | undefined> {
  const [row] = await sql<{ storeKey: number; timezone: string | null }[]>`
    select store_key as "storeKey", timezone from stores where store_id = ${storeId}`;
  if (row === undefined) return undefined;
  const [hours, latestPoll] = await Promise.all([listHours(sql, row.storeKey), latestPollOf(sql, row.storeKey)]);
  return { storeId, timezone: row.timezone ?? undefined, hours, latestPoll };
}

/** Looks at the fleet's last weeks first, which nearly always is enough: each month of history before them would cost a look. */
async function latestPollOf(sql: Sql, storeKey: number): Promise<StoreOverview["latestPoll"]> {
  const latest = await latestPoll(sql);
  if (latest === undefined) return undefined;
  const ofStore = async (since: postgres.PendingQuery<postgres.Row[]>) => {
    const [poll] = await sql<{ active: boolean; at: Micros }[]>`
      select active, micros(at) as at from polls where store_key = ${storeKey} ${since} order by at desc limit 1`;
    return poll;
  };
  return await ofStore(sql`and at > instant(${latest - RECENT})`) ?? await ofStore(sql``);
}

const RECENT = 21 * DAY;

async function listHours(sql: Sql, storeKey: number): Promise<StoreOverview["hours"]> {
  return await sql<{ day: number; start: string; end: string }[]>`
    select day, start_time::text as start, end_time::text as "end" from business_hours
    where store_key = ${storeKey} order by day, start_time, end_time`;
}
