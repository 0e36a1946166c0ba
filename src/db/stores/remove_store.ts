import type { Sql, Transaction } from "../connection/client.ts";
import { retryConflicts } from "../postgres/retry_conflicts.ts";
import { takeTurn } from "./staging.ts";
import { transaction } from "../postgres/transaction.ts";

/** What goes with a store. */
export interface StoreContents {
  readonly polls: number;
  readonly hours: number;
  readonly timezone: string | undefined;
}

/** Counts what goes with a store; undefined if there is no such store. */
export async function storeContents(sql: Sql, storeId: string): Promise<StoreContents | undefined> {
  const [row] = await sql<{ polls: number; hours: number; timezone: string | null }[]>`
    select (select count(*) from polls where polls.store_key = stores.store_key) as polls,
      (select count(*) from business_hours where business_hours.store_key = stores.store_key) as hours, timezone
    from stores where store_id = ${storeId}`;
  return row && { ...row, timezone: row.timezone ?? undefined };
}

/**
 * Removes a store that exists by mistake, with its polls, hours, zone and marks. Reports that exist stay. A file or a live poll
 * that names it later creates it again.
 *
 * Merges of files wait. Live polls do not: a batch that read the store's key before finds the store gone, and runs again.
 *
 * @returns whether there was such a store
 */
export async function removeStore(sql: Sql, storeId: string): Promise<boolean> {
  return await retryConflicts(() => transaction(sql, (tx) => remove(tx, storeId)), () => Promise.resolve());
}

async function remove(tx: Transaction, storeId: string): Promise<boolean> {
  for (const kind of ["timezones", "hours", "polls"] as const) await takeTurn(tx, kind);
  const [store] = await tx<{ key: number }[]>`select store_key as key from stores where store_id = ${storeId}`;
  if (store === undefined) return false;
  // Polls first, then the store: live batches take them in this order.
  await tx`delete from polls where store_key = ${store.key}`;
  await tx`select from stores where store_key = ${store.key} for update`;
  // A batch may have committed in between.
  await tx`delete from polls where store_key = ${store.key}`;
  await tx`delete from outages where store_key = ${store.key}`;
  const { count } = await tx`delete from stores where store_key = ${store.key}`;
  return count > 0;
}
