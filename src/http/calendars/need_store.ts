import type { Sql } from "../../db/connection/client.ts";
import { RULES_FOR_ALL } from "../../db/calendars/special_hours.ts";
import { ALL_STORES } from "../../db/stores/staging.ts";
import { findKey } from "../../db/stores/stores.ts";
import { Problem } from "../kit/problem.ts";

/** The key of a store. @throws {Problem} if it does not exist */
export async function needStore(sql: Sql, storeId: string): Promise<number> {
  const key = await findKey(sql, storeId);
  if (key === undefined) throw new Problem("unknown-store", "No store has this id");
  return key;
}

/** The same, where `*` stands for the rules for all stores. */
export async function needStoreOrAll(sql: Sql, storeId: string): Promise<number> {
  return storeId === ALL_STORES ? RULES_FOR_ALL : await needStore(sql, storeId);
}
