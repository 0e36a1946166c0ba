import type { Sql, Transaction } from "../connection/client.ts";
import { transaction } from "./transaction.ts";

/** The name by which other sessions look at the same moment of the database. */
export type Snapshot = string;

/** One view of the data: the transaction that reads it, and the snapshot by which others do. */
export interface View {
  readonly tx: Transaction;
  readonly snapshot: Snapshot;
}

/** Another process works on the report. */
export class ReportBusy extends Error {
  override name = "ReportBusy";
}

/**
 * Holds a report's lock and one view of the data while some work is done. Every chunk reads this view, wherever it is computed: a
 * load that commits meanwhile is in the report completely or not at all. Lock and view end with the session.
 *
 * @throws {ReportBusy} if another process holds the report's lock
 */
export async function withReportLock<Result>(
  sql: Sql,
  reportId: string,
  work: (view: View) => Promise<Result>,
): Promise<Result> {
  return await transaction(sql, async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    const [row] = await tx<{ locked: boolean; snapshot: Snapshot }[]>`
      select pg_try_advisory_xact_lock(report_lock(${reportId})) as locked, pg_export_snapshot() as snapshot`;
    if (!row?.locked) throw new ReportBusy(`Report ${reportId} is in progress in another process`);
    return await work({ tx, snapshot: row.snapshot });
  }, "repeatable read read only");
}

/** Holds one view of the data while some work is done, as for a report, but without a lock: the work writes nothing. */
export async function withView<Result>(sql: Sql, work: (view: View) => Promise<Result>): Promise<Result> {
  return await transaction(sql, async (tx) => {
    await tx`set local idle_in_transaction_session_timeout = 0`;
    return await work({ tx, snapshot: await exportSnapshot(tx) });
  }, "repeatable read read only");
}

/** Lets other sessions see what this transaction sees, as long as it lasts. */
export async function exportSnapshot(tx: Transaction): Promise<Snapshot> {
  const [row] = await tx<{ snapshot: Snapshot }[]>`select pg_export_snapshot() as snapshot`;
  return row?.snapshot ?? "";
}

/**
 * Reads what a snapshot shows.
 *
 * @throws {Error} with the code `SNAPSHOT_GONE` once the session that exported it has ended
 */
export async function withSnapshot<Result>(
  sql: Sql,
  snapshot: Snapshot,
  read: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  if (!/^[0-9A-Fa-f-]+$/.test(snapshot)) throw new TypeError(`"${snapshot}" is not the name of a snapshot`);
  return await transaction(sql, async (tx) => {
    // Sent at once, ahead of the first read, which need not wait for its answer.
    const adopted = tx.unsafe(`set transaction snapshot '${snapshot}'`).execute().catch((cause) => {
      throw Object.assign(new Error("The report's snapshot has ended", { cause }), { code: "SNAPSHOT_GONE" });
    });
    const [, result] = await Promise.all([adopted, read(tx)]);
    return result;
  }, "repeatable read read only");
}
