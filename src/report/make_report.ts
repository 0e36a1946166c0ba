import { type ChunkRecord, type ReportError, saveChunks, saveErrors } from "../db/reports/chunks.ts";
import type { Sql } from "../db/connection/client.ts";
import { isLostConnection } from "../db/connection/lost_connection.ts";
import {
  completeReport,
  failReport,
  putBack,
  type ReportOutcome,
  type ReportRun,
  takeUp,
} from "../db/reports/report_run.ts";
import { withReportLock } from "../db/postgres/snapshot.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { dependsOn } from "../domain/fingerprints/depends_on.ts";
import { measuredWindows, type ResolvedRequest } from "../domain/report_request.ts";
import { hasClassicWindows } from "../domain/time/window_list.ts";
import { oldZoneRules } from "../domain/warning.ts";
import type { Log } from "../log.ts";
import type { ComputeChunk } from "./chunk.ts";
import { ReportFailure, ReportLost } from "./failure.ts";
import { concurrently } from "./concurrently.ts";
import { type Plan, plan } from "./plan.ts";
import { performanceCsv } from "./result/performance_csv.ts";
import { type OnProgress, ReportProgress } from "./progress.ts";
import { ReportFile, reportPaths } from "./result/report_file.ts";
import { ReportWriter } from "./result/report_writer.ts";
import { withRetries } from "./retries.ts";

/** What making a report takes. */
export interface ReportDeps {
  readonly sql: Sql;
  readonly compute: ComputeChunk;
  /** How many chunks are given out at a time. */
  readonly concurrency: number;
  /** Stores per chunk at most; undefined: as `storesPerChunk` says. */
  readonly chunkSize: number | undefined;
  readonly reportsFolder: string;
  /** The release of the zone rules that `compute` has. */
  readonly tzdata: string;
  /** The version of Storewatch. */
  readonly version: string;
  readonly log: Log;
}

/** What is known of a report when it is done. */
export interface ReportSummary extends ReportOutcome {
  readonly request: ResolvedRequest;
  readonly errors: readonly ReportError[];
}

export interface MakeOptions {
  /** Stops the work and puts the report back, so that another run can start it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/**
 * Makes one report that was asked for: takes it up, computes its chunks, publishes its files, and says in its row how it
 * went. Whatever happens, no file is half there.
 *
 * @returns undefined if there was nothing to do, or if it failed for a reason that its row now names
 * @throws {ReportBusy} if another process works on it
 * @throws {Error} if Postgres went away or the signal came: another run has to start the report
 */
export async function makeReport(
  deps: ReportDeps,
  reportId: string,
  options: MakeOptions = {},
): Promise<ReportSummary | undefined> {
  return await withReportLock(deps.sql, reportId, async (view) => {
    const taken = await takeUp(deps.sql, reportId, deps.tzdata);
    if (taken === undefined) return undefined;
    const work = { ...deps, ...options, run: { reportId, run: taken.run } };
    try {
      return await computeAndPublish(work, await plan(view, taken.request, deps));
    } catch (error) {
      await recordFailure(work, error);
      return undefined;
    }
  });
}

/** One run of a report: what it is made with, and what stops it. */
interface Work extends ReportDeps, MakeOptions {
  readonly run: ReportRun;
}

async function computeAndPublish(work: Work, { request, chunks, stores, warnings }: Plan): Promise<ReportSummary> {
  const paths = reportPaths(work.reportsFolder, work.run.reportId);
  const progress = new ReportProgress(work, { asOf: request.asOf, storesTotal: stores });
  await progress.save();
  await using result = await ReportFile.create(paths.result);
  await using csv = hasClassicWindows(request.windows) ? await ReportFile.create(paths.csv) : undefined;
  const writer = new ReportWriter({ result, csv }, measuredWindows(request));
  await writer.begin();
  await concurrently(chunks, work.concurrency, async (chunk) => {
    work.signal?.throwIfAborted();
    const begunAt = performance.now();
    await writer.add(chunk.number, { ...await withRetries(work, chunk), begunAt });
    await progress.add(chunk.range.stores);
  });
  await writer.end();
  const outcome = {
    ...writer.sums(),
    ...await finishFiles(result, csv),
    dependsOn: dependsOn(work.version, writer.inputs),
    warnings: [...warnings, ...oldZoneRules(work.tzdata, writer.latestEnd)],
  };
  await using times = await ReportFile.create(paths.performance);
  await times.write(performanceCsv(writer.chunks));
  await times.finish();
  await publish(work.sql, work.run, {
    outcome,
    chunks: writer.chunks,
    errors: writer.errors,
    files: [times, result, ...csv === undefined ? [] : [csv]],
  });
  return { ...outcome, request, errors: writer.errors };
}

/** @returns what a report's row says of its file: of the classic CSV if there is one, else of the result */
async function finishFiles(
  result: ReportFile,
  csv: ReportFile | undefined,
): Promise<Pick<ReportOutcome, "bytes" | "sha256">> {
  const sha256 = await result.finish();
  return csv === undefined ? { bytes: result.bytes, sha256 } : { bytes: csv.bytes, sha256: await csv.finish() };
}

interface Publication {
  readonly outcome: ReportOutcome;
  readonly chunks: readonly ChunkRecord[];
  readonly errors: readonly ReportError[];
  readonly files: readonly ReportFile[];
}

/** The files get their names just before the row says so: a completed report has its files, at any moment. */
async function publish(sql: Sql, run: ReportRun, { outcome, chunks, errors, files }: Publication): Promise<void> {
  await transaction(sql, async (tx) => {
    if (!(await completeReport(tx, run, outcome))) {
      throw new ReportLost(`Report ${run.reportId} belongs to another run now`);
    }
    await saveChunks(tx, run.reportId, chunks);
    await saveErrors(tx, run.reportId, errors);
    for (const file of files) await file.publish();
  });
}

async function recordFailure({ sql, log, run, signal }: Work, error: unknown): Promise<void> {
  const { reportId } = run;
  if (error instanceof ReportLost) return log("info", "report stopped", { report_id: reportId, error });
  if (signal?.aborted) {
    await putBack(sql, run);
    throw error;
  }
  log("error", "report not made", { report_id: reportId, error });
  if (isLostConnection(error)) throw error;
  await failReport(
    sql,
    run,
    error instanceof ReportFailure ? error.message : "An internal error; see the service's log",
  );
}
