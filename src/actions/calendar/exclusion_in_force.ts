import { getExclusion, lockStoresOf, type SingleExclusion, storesOfExclusion } from "../../db/calendars/exclusions.ts";
import { type AuditedStores, MOST_STORES_LISTED } from "../../db/audit/audit.ts";
import type { Transaction } from "../../db/connection/client.ts";
import { takeTurn } from "../../db/stores/staging.ts";
import type { Check } from "../audited.ts";
import { Refusal } from "../refusal.ts";

/**
 * Keeps others from changing an exclusion until the end of the transaction.
 *
 * @throws {Refusal} if it does not exist, or was withdrawn
 */
export async function lockInForce(
  tx: Transaction,
  exclusionId: string,
  check: Check<SingleExclusion> = () => {},
): Promise<SingleExclusion> {
  await takeTurn(tx, "exclusions");
  await lockStoresOf(tx, exclusionId);
  const found = await getExclusion(tx, exclusionId);
  if (found === undefined) throw new Refusal("unknown-exclusion", "No exclusion has this id");
  check(found);
  if (found.withdrawnAt === undefined) return found;
  throw new Refusal("exclusion-withdrawn", "This exclusion was withdrawn: add another one");
}

/** The stores of an exclusion, for the audit. */
export async function storesToAudit(
  tx: Transaction,
  { exclusionId, storesTotal, isForAll }: SingleExclusion,
): Promise<AuditedStores> {
  if (isForAll || storesTotal > MOST_STORES_LISTED) return { total: storesTotal, isForAll };
  return { ids: await storesOfExclusion(tx, exclusionId, MOST_STORES_LISTED), total: storesTotal };
}
