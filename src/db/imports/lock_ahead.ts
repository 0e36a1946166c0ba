import type { StoresTold } from "../../domain/warning.ts";
import type { Transaction } from "../connection/client.ts";
import { StagedStores, type Staging, takeTurn } from "../stores/staging.ts";
import { lockStores } from "../stores/stores.ts";

/**
 * Before merges of several kinds in one transaction: takes their turns, makes their stores exist, and locks them. Otherwise such a
 * transaction would wait for the turn of a later kind while it holds stores for which the merge in progress waits.
 *
 * @returns the stores that were made
 */
export async function lockAhead(
  tx: Transaction,
  kinds: readonly Staging<never>["kind"][],
  storeIds: readonly string[],
): Promise<StoresTold> {
  for (const kind of [...kinds].sort()) await takeTurn(tx, kind);
  const stores = await StagedStores.create(tx, { canNameAll: true });
  await stores.number([...new Set(storeIds)].filter((id) => !stores.isForAll(id)).map((storeId) => ({ storeId })));
  await stores.provide();
  await lockStores(tx, tx`select store_key from staged_keys`);
  return stores.made;
}
