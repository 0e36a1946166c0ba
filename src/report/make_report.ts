import { type ChunkRecord, type ReportError, saveChunks, saveErrors } from "../db/reports/chunks.ts";
import type { Sql } from "../db/connection/client.ts";
import { isLostConnection } from "../db/connection/lost_connection.ts";
import { markedStores } from "../db/imports/marks.ts";
import { hasPolls } from "../db/polls/count_polls.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import {
  completeReport,
  failReport,
  putBack,
  type ReportOutcome,
  type ReportRun,
  takeUp,
} from "../db/reports/report_run.ts";
import { findRowsWithoutStore } from "../db/imports/rows_without_store.ts";
import { type View, withReportLock } from "../db/postgres/snapshot.ts";
import { countStores, storeRanges } from "../db/stores/stores.ts";
import { transaction } from "../db/postgres/transaction.ts";
import type { Micros } from "../domain/time/interval.ts";
import { measuringOf, type ReportRequest, type ResolvedRequest } from "../domain/report_request.ts";
import { oldZoneRules, type Warning } from "../domain/warning.ts";
import { spanOf, windowsBefore } from "../domain/time/window.ts";
import type { Log } from "../log.ts";
import type { Chunk, ComputeChunk } from "./chunk.ts";
import { ReportFailure, ReportLost } from "./failure.ts";
import { concurrently } from "./concurrently.ts";
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
  /** Stores per chunk; undefined: as `chunkSizeFor` says. */
  readonly chunkSize: number | undefined;
  readonly reportsFolder: string;
  /** The release of the zone rules that `compute` has. */
  readonly tzdata: string;
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

interface Plan {
  readonly request: ResolvedRequest;
  readonly chunks: readonly Chunk[];
  readonly stores: number;
  readonly warnings: readonly Warning[];
}

async function plan(
  { tx, snapshot }: View,
  asked: ReportRequest,
  { chunkSize, concurrency, tzdata }: ReportDeps,
): Promise<Plan> {
  const ranges = await storeRanges(tx, chunkSize ?? chunkSizeFor(await countStores(tx), concurrency));
  if (ranges.length === 0) throw new ReportFailure("There are no stores: load polls, hours or timezones first");
  const asOf = asked.asOf ?? await latestPoll(tx);
  if (asOf === undefined || !(await hasPolls(tx))) throw new ReportFailure("There are no polls: load polls first");
  const request = { ...asked, asOf };
  return {
    request,
    chunks: ranges.map((range, index) => ({ number: index + 1, range, snapshot, request, tzdata })),
    stores: ranges.reduce((sum, { stores }) => sum + stores, 0),
    warnings: [
      ...await markedStores(tx),
      ...await findRowsWithoutStore(tx),
      ...oldZoneRules(tzdata, endOf(request)),
    ],
  };
}

/** The instant at which the last window ends. */
function endOf(request: ResolvedRequest): Micros {
  const { asOf, method, windows } = measuringOf(request);
  return spanOf(windowsBefore(windows, asOf, method)).end;
}

async function computeAndPublish(work: Work, { request, chunks, stores, warnings }: Plan): Promise<ReportSummary> {
  const paths = reportPaths(work.reportsFolder, work.run.reportId);
  const progress = new ReportProgress(work, { asOf: request.asOf, storesTotal: stores });
  await progress.save();
  await using result = await ReportFile.create(paths.result);
  await using csv = await ReportFile.create(paths.csv);
  const writer = new ReportWriter({ result, csv }, request.windows);
  await writer.begin();
  await concurrently(chunks, work.concurrency, async (chunk) => {
    work.signal?.throwIfAborted();
    const begunAt = performance.now();
    await writer.add(chunk.number, { ...await withRetries(work, chunk), begunAt });
    await progress.add(chunk.range.stores);
  });
  await writer.end();
  await result.finish();
  const outcome = { ...writer.sums(), bytes: csv.bytes, sha256: await csv.finish(), warnings };
  await using times = await ReportFile.create(paths.performance);
  await times.write(performanceCsv(writer.chunks));
  await times.finish();
  await publish(work.sql, work.run, {
    outcome,
    chunks: writer.chunks,
    errors: writer.errors,
    files: [times, result, csv],
  });
  return { ...outcome, request, errors: writer.errors };
}

/**
 * Four chunks for each one in flight, so that none waits long for the last. At least 100 stores, below which round trips count; at most
 * 1,000, above which memory counts.
 */
export function chunkSizeFor(stores: number, concurrency: number): number {
  return Math.min(Math.max(Math.ceil(stores / (concurrency * 4)), 100), 1_000);
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
