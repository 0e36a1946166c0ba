import type { Transaction } from "../../db/connection/client.ts";
import type { AuditedStores } from "../../db/audit/audit.ts";
import { RULES_FOR_ALL } from "../../db/calendars/special_hours.ts";
import { lockChosen } from "../../db/stores/chosen_stores.ts";
import { ALL_STORES } from "../../db/stores/staging.ts";
import { Refusal } from "../refusal.ts";

/** Locks one store until the end of the transaction. @throws {Refusal} if it does not exist */
export async function lockStore(tx: Transaction, storeId: string): Promise<number> {
  const { keys: [key] } = await lockChosen(tx, { ids: [storeId] });
  if (key === undefined) throw new Refusal("unknown-store", "No store has this id");
  return key;
}

/** A store, or `*`: a rule for all stores. @throws {Refusal} if the store does not exist */
export async function lockStoreOrAll(
  tx: Transaction,
  storeId: string,
): Promise<{ key: number; stores: AuditedStores }> {
  if (storeId !== ALL_STORES) return { key: await lockStore(tx, storeId), stores: { ids: [storeId], total: 1 } };
  const { total } = await lockChosen(tx, "all");
  return { key: RULES_FOR_ALL, stores: { total, isForAll: true } };
}
