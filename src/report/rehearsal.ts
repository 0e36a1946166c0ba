import { latestPoll } from "../db/polls/latest_poll.ts";
import { exportSnapshot } from "../db/postgres/snapshot.ts";
import { firstStores } from "../db/stores/stores.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { DEFAULT_REQUEST } from "../domain/report_request.ts";
import type { ReportDeps } from "./make_report.ts";

const STORES = 1_000;
const CHUNKS_PER_SLOT = 2;
const PATIENCE_MS = 5_000;

/**
 * Computes some chunks and throws the results away: the first report then finds connections open and code compiled, and takes a
 * third less. Nothing depends on it, so it ends after some seconds, or with the signal, done or not.
 */
export async function rehearse(
  { sql, compute, concurrency, tzdata, log }: Omit<ReportDeps, "chunkSize">,
  signal?: AbortSignal,
): Promise<void> {
  const rehearsal = transaction(sql, async (tx) => {
    const asOf = await latestPoll(tx);
    const range = await firstStores(tx, STORES);
    if (asOf === undefined || range === undefined) return;
    const snapshot = await exportSnapshot(tx);
    const chunk = { number: 1, range, snapshot, request: { ...DEFAULT_REQUEST, asOf }, tzdata };
    await Promise.all(Array.from({ length: CHUNKS_PER_SLOT * concurrency }, () => compute(chunk)));
  }, "repeatable read read only");
  const over = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]);
  const { promise: givenUp, resolve } = Promise.withResolvers<void>();
  over.addEventListener("abort", () => resolve(), { once: true });
  await Promise.race([rehearsal.catch((error) => log("warn", "rehearsal failed", { error })), givenUp]);
}
