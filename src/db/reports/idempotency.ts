import type { Transaction } from "../connection/client.ts";

/** The request that a key belongs to. */
export interface KeyOwner {
  readonly reportId: string;
  /** The request, in words that are the same for requests that mean the same. */
  readonly request: string;
}

/**
 * Takes a key for a report. If two do so at once, the second waits until the first has committed.
 *
 * @returns the owner of the key: the claimant, or an earlier one of the last week
 */
export async function claimKey(tx: Transaction, key: string, claimant: KeyOwner): Promise<KeyOwner> {
  await tx`delete from idempotency_keys where created_at < now() - interval '7 days'`;
  await tx`
    insert into idempotency_keys (key, request, report_id)
    values (${key}, ${claimant.request}, ${claimant.reportId})
    on conflict (key) do nothing`;
  const [owner] = await tx<KeyOwner[]>`
    select report_id as "reportId", request from idempotency_keys where key = ${key}`;
  if (owner === undefined) throw new Error("An idempotency key was deleted while it was being claimed");
  return owner;
}
