import type { DependsOn } from "../../domain/fingerprints/depends_on.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Warning } from "../../domain/warning.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { totalsToJson } from "./totals_column.ts";

/** Which run of which report a write belongs to. */
export interface ReportRun {
  readonly reportId: string;
  readonly run: number;
}

/** What a finished report's row says of its file, and of what it is made of. */
export interface ReportOutcome {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly totals: Totals;
  readonly dependsOn: DependsOn;
  readonly warnings: readonly Warning[];
}

/**
 * Starts a report, for the first time or after another process left it. It is made by the caller's zone rules from its
 * first chunk on, even if an earlier run had others.
 *
 * @returns the number of this run, which every later write names; undefined if the report is finished or gone
 */
export async function takeUp(
  sql: Sql,
  reportId: string,
  tzdata: string,
): Promise<{ run: number; request: ReportRequest } | undefined> {
  const [row] = await sql<{ run: number; request: ReportRequest }[]>`
    update reports
    set status = 'Running', run = run + 1, stores_done = 0, started_at = coalesce(started_at, clock_timestamp()),
      tzdata = ${tzdata}
    where report_id = ${reportId} and status in ('Started', 'Running')
    returning run, request`;
  return row && { run: row.run, request: withDefaults(row.request) };
}

/** @returns whether this run still has the report: false if it was cancelled, deleted or started by another run */
export async function saveProgress(
  sql: Sql,
  { reportId, run }: ReportRun,
  progress: { storesDone: number; storesTotal: number; asOf: Micros },
): Promise<boolean> {
  const { count } = await sql`
    update reports
    set stores_done = ${progress.storesDone}, stores_total = ${progress.storesTotal}, as_of = instant(${progress.asOf})
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
  return count === 1;
}

/** @returns whether this run still had the report */
export async function completeReport(
  tx: Transaction,
  { reportId, run }: ReportRun,
  { rows, bytes, sha256, totals, dependsOn, warnings }: ReportOutcome,
): Promise<boolean> {
  const { count } = await tx`
    update reports
    set status = 'Completed', finished_at = clock_timestamp(), stores_done = stores_total,
      rows = ${rows}, bytes = ${bytes}, sha256 = ${sha256}, totals = ${totalsToJson(totals)},
      warnings = ${JSON.stringify(warnings)}, depends_on = ${JSON.stringify(dependsOn)}
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
  return count === 1;
}

export async function failReport(sql: Sql, { reportId, run }: ReportRun, reason: string): Promise<void> {
  await sql`
    update reports set status = 'Failed', reason = ${reason}, finished_at = clock_timestamp()
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
}

/** Puts a report back into the queue, for the next run. */
export async function putBack(sql: Sql, { reportId, run }: ReportRun): Promise<void> {
  await sql`
    update reports set status = 'Started', stores_done = 0
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
}
