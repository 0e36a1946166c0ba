import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { takeTurn } from "../stores/staging.ts";
import { latestPoll, noteLatestAgain } from "./latest_poll.ts";

/** The data that is removed with a store. */
export interface StoreContents {
  readonly polls: number;
  readonly hours: number;
  /** Its own, without those of all stores. */
  readonly specialDates: number;
  readonly exclusions: number;
  readonly timezone: string | undefined;
}

/** Counts the data that is removed with a store. Undefined if the store does not exist. */
export async function storeContents(sql: Sql | Transaction, storeId: string): Promise<StoreContents | undefined> {
  const [row] = await sql<(Omit<StoreContents, "timezone"> & { timezone: string | null })[]>`
    select (
        select coalesce(sum(length(polls)) / 5, 0)::bigint from poll_days where poll_days.store_key = stores.store_key
      ) as polls,
      (select count(*) from business_hours where business_hours.store_key = stores.store_key) as hours,
      (select count(*) from special_hours where special_hours.store_key = stores.store_key) as "specialDates",
      (select count(*) from exclusion_stores where exclusion_stores.store_key = stores.store_key) as exclusions, timezone
    from stores where store_id = ${storeId}`;
  return row && { ...row, timezone: row.timezone ?? undefined };
}

/**
 * Removes a store that exists by mistake, with its polls, calendar, zone, tags and marks. Reports that exist stay. A file or a live poll
 * that names it later creates it again.
 *
 * Merges of files and live polls wait. A live poll that names the store after that makes it again.
 *
 * @returns whether there was such a store
 */
export async function removeStore(tx: Transaction, storeId: string): Promise<boolean> {
  for (const kind of ["stores", "timezones", "exclusions", "special-hours", "hours", "polls"] as const) {
    await takeTurn(tx, kind);
  }
  // Live statements that run end first, and later ones look for their stores when this is done.
  await tx`lock table only poll_days in share row exclusive mode`;
  const [store] = await tx<
    { key: number }[]
  >`delete from stores where store_id = ${storeId} returning store_key as key`;
  if (store === undefined) return false;
  const [removed] = await tx<{ latest: Micros | null }[]>`
    with removed as (delete from poll_days where store_key = ${store.key} returning day, polls)
    select micros(max(poll_instant(day, substr(polls, length(polls) - 4)))) as latest from removed`;
  const [latest, known] = [removed?.latest ?? -Infinity, await latestPoll(tx) ?? Infinity];
  if (latest >= known) await noteLatestAgain(tx, latest);
  return true;
}
