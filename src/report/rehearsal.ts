import { latestPoll } from "../db/polls.ts";
import { exportSnapshot } from "../db/snapshot.ts";
import { firstStores } from "../db/stores.ts";
import { transaction } from "../db/transaction.ts";
import { DEFAULT_METHOD } from "../domain/method.ts";
import type { ReportDeps } from "./make_report.ts";

const STORES = 1_000;
const CHUNKS_PER_LANE = 2;

/**
 * Computes some chunks and throws the results away: the first report then finds threads started, connections open and code
 * compiled, and takes a third less. Nothing depends on it.
 */
export async function rehearse({ sql, compute, lanes, log }: Omit<ReportDeps, "chunkSize">): Promise<void> {
  const rehearsal = transaction(sql, async (tx) => {
    const asOf = await latestPoll(tx);
    const range = await firstStores(tx, STORES);
    if (asOf === undefined || range === undefined) return;
    const snapshot = await exportSnapshot(tx);
    const chunk = { number: 1, range, snapshot, asOf, method: DEFAULT_METHOD, precision: 2 };
    await Promise.all(Array.from({ length: CHUNKS_PER_LANE * lanes }, () => compute(chunk)));
  }, "repeatable read read only");
  await rehearsal.catch((error) => log("warn", "rehearsal failed", { error }));
}
