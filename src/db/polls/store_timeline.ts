import type { Micros } from "../../domain/time/interval.ts";
import type { Sql } from "../connection/client.ts";
import { readStores, type StoreRecord } from "./polls.ts";

/**
 * A store with all its polls up to an instant. All of them: an outage may have started long before the week
 * shown, and under `in-hours` an old poll may count.
 */
export async function readStore(sql: Sql, storeId: string, asOf: Micros): Promise<StoreRecord | undefined> {
  const [store] = await readStores(sql, { first: storeId, last: storeId, stores: 1 }, { from: 0, asOf });
  return store;
}
