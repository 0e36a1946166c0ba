import type { Actor } from "../../domain/actor.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { type Measure, MEASURES } from "../../domain/measures/measures.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import type { Warning } from "../../domain/warning.ts";
import { isWindowName } from "../../domain/time/window.ts";
import type { Sql, Transaction } from "../connection/client.ts";

export const REPORT_STATUSES = ["Started", "Running", "Completed", "Failed", "Cancelled"] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** A report as it stands. Instants in microseconds since 1970. */
export interface Report {
  readonly reportId: string;
  readonly status: ReportStatus;
  readonly request: ReportRequest;
  readonly httpMethod: HttpMethod;
  /** The instant up to which the report looks: fixed when it starts. */
  readonly asOf: Micros | undefined;
  readonly requestedAt: Micros;
  readonly startedAt: Micros | undefined;
  readonly finishedAt: Micros | undefined;
  readonly storesTotal: number | undefined;
  readonly storesDone: number;
  readonly rows: number | undefined;
  readonly bytes: number | undefined;
  readonly sha256: string | undefined;
  readonly totals: Totals | undefined;
  /** As the report's snapshot showed them; none before it is complete. */
  readonly warnings: readonly Warning[];
  readonly reason: string | undefined;
  /** The release of the zone rules that it is made by; undefined if the report has not started, or is older than this column. */
  readonly tzdata: string | undefined;
}

/** What a finished report's row says of its file. */
export interface ReportOutcome {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly totals: Totals;
  readonly warnings: readonly Warning[];
}

/** The HTTP method of the request that asked for a report: clients of `/get_report` wait for another word after each. */
export type HttpMethod = "GET" | "POST";

/** A report on its way into the database. The caller gives the id. */
export interface NewReport {
  readonly reportId: string;
  readonly request: ReportRequest;
  readonly actor?: Actor;
  /** What works on it: a process that takes jobs from the queue, or the command that asked for it. */
  readonly madeBy: "queue" | "command";
  readonly httpMethod?: HttpMethod;
}

/** The row exists before a client gets the id. */
export async function insertReport(
  sql: Sql | Transaction,
  { reportId, request, madeBy, actor = "anonymous", httpMethod = "POST" }: NewReport,
): Promise<void> {
  await sql`
    insert into reports (report_id, made_by, requested_by, http_method, request)
    values (${reportId}, ${madeBy}, ${actor}, ${httpMethod}, ${JSON.stringify(request)})`;
}

export async function getReport(sql: Sql | Transaction, reportId: string): Promise<Report | undefined> {
  const [row] = await sql<ReportColumns[]>`select ${columns(sql)} from reports where report_id = ${reportId}`;
  return row && toReport(row);
}

/** A place in the list of reports: the next page begins after this one. */
export interface ReportPosition {
  readonly requestedAt: Micros;
  readonly reportId: string;
}

/** Latest first. */
export async function listReports(sql: Sql, limit: number, after?: ReportPosition): Promise<Report[]> {
  const rows = await sql<ReportColumns[]>`
    select ${columns(sql)} from reports
    ${after ? sql`where (requested_at, report_id) < (instant(${after.requestedAt}), ${after.reportId}::uuid)` : sql``}
    order by requested_at desc, report_id desc
    limit ${limit}`;
  return rows.map(toReport);
}

/** A finished report and its files, as far as its row knows. */
export interface OldReport {
  readonly reportId: string;
  /** Of its CSV; 0 if it has none. */
  readonly bytes: number;
}

/** Finished reports that were requested before an instant, earliest first. */
export async function listReportsBefore(sql: Sql, before: Micros): Promise<OldReport[]> {
  return await sql<OldReport[]>`
    select report_id as "reportId", coalesce(bytes, 0) as bytes from reports
    where requested_at < instant(${before}) and status in ('Completed', 'Failed', 'Cancelled')
    order by requested_at`;
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

/** Which run of which report a write belongs to. */
export interface ReportRun {
  readonly reportId: string;
  readonly run: number;
}

/** @returns whether this run still had the report */
export async function completeReport(
  tx: Transaction,
  { reportId, run }: ReportRun,
  { rows, bytes, sha256, totals, warnings }: ReportOutcome,
): Promise<boolean> {
  const { count } = await tx`
    update reports
    set status = 'Completed', finished_at = clock_timestamp(), stores_done = stores_total,
      rows = ${rows}, bytes = ${bytes}, sha256 = ${sha256}, totals = ${totalsToJson(totals)},
      warnings = ${JSON.stringify(warnings)}
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
  return count === 1;
}

export async function failReport(sql: Sql, { reportId, run }: ReportRun, reason: string): Promise<void> {
  await sql`
    update reports set status = 'Failed', reason = ${reason}, finished_at = clock_timestamp()
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
}

/** Fails a report that has no worker any more, in any run. */
export async function giveUp(sql: Sql, reportId: string, reason: string): Promise<void> {
  await sql`
    update reports set status = 'Failed', reason = ${reason}, finished_at = clock_timestamp()
    where report_id = ${reportId} and status in ('Started', 'Running')`;
}

/** Puts a report back into the queue, for the next run. */
export async function putBack(sql: Sql, { reportId, run }: ReportRun): Promise<void> {
  await sql`
    update reports set status = 'Started', stores_done = 0
    where report_id = ${reportId} and run = ${run} and status = 'Running'`;
}

/** @returns whether there was anything to cancel */
export async function cancelReport(sql: Sql, reportId: string, reason: string): Promise<boolean> {
  const { count } = await sql`
    update reports set status = 'Cancelled', reason = ${reason}, finished_at = clock_timestamp()
    where report_id = ${reportId} and status in ('Started', 'Running')`;
  return count === 1;
}

/** @returns whether there was a finished report of this id */
export async function deleteReport(sql: Sql, reportId: string): Promise<boolean> {
  const { count } = await sql`
    delete from reports where report_id = ${reportId} and status in ('Completed', 'Failed', 'Cancelled')`;
  return count === 1;
}

/**
 * No other process can continue a report that a command makes for itself: if the command ends early, the report has failed.
 * A very young one may not have been locked yet.
 */
export async function failAbandoned(sql: Sql): Promise<void> {
  await sql`
    update reports
    set status = 'Failed', finished_at = clock_timestamp(), reason = 'The command that made this report ended before it was done'
    where made_by = 'command' and status in ('Started', 'Running') and not is_worked_on(report_id)
      and requested_at < clock_timestamp() - interval '5 seconds'`;
}

/** JSON has no numbers as large as these sums, so they are strings there. */
type TotalsColumn = readonly { window: string; sums: Partial<Record<Measure, string>> }[];

function totalsToJson(totals: Totals): string {
  return JSON.stringify(totals, (_, value) => typeof value === "bigint" ? value.toString() : value);
}

function totalsFromJson(column: TotalsColumn): Totals {
  return column.flatMap(({ window, sums }) => isWindowName(window) ? [{ window, sums: sumsFromJson(sums) }] : []);
}

function sumsFromJson(column: TotalsColumn[number]["sums"]): Totals[number]["sums"] {
  const sums: Partial<Record<Measure, bigint>> = {};
  for (const measure of MEASURES) {
    const text = column[measure];
    if (text !== undefined) sums[measure] = BigInt(text);
  }
  return sums;
}

interface ReportColumns {
  report_id: string;
  status: ReportStatus;
  request: ReportRequest;
  http_method: HttpMethod;
  as_of: Micros | null;
  requested_at: Micros;
  started_at: Micros | null;
  finished_at: Micros | null;
  stores_total: number | null;
  stores_done: number;
  rows: number | null;
  bytes: number | null;
  sha256: string | null;
  totals: TotalsColumn | null;
  warnings: Warning[];
  reason: string | null;
  tzdata: string | null;
}

/** A report is `Running` only while a session holds its lock. The lock ends with the session. */
function columns(sql: Sql | Transaction) {
  return sql`
    report_id, request, http_method,
    case when status = 'Running' and not is_worked_on(report_id) then 'Started' else status end as status,
    micros(as_of) as as_of, micros(requested_at) as requested_at,
    micros(started_at) as started_at, micros(finished_at) as finished_at,
    stores_total, stores_done, rows, bytes, sha256, totals, warnings, reason, tzdata`;
}

function toReport(row: ReportColumns): Report {
  return {
    reportId: row.report_id,
    status: row.status,
    request: withDefaults(row.request),
    httpMethod: row.http_method,
    asOf: row.as_of ?? undefined,
    requestedAt: row.requested_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    storesTotal: row.stores_total ?? undefined,
    storesDone: row.stores_done,
    rows: row.rows ?? undefined,
    bytes: row.bytes ?? undefined,
    sha256: row.sha256 ?? undefined,
    totals: row.totals === null ? undefined : totalsFromJson(row.totals),
    warnings: row.warnings,
    reason: row.reason ?? undefined,
    tzdata: row.tzdata ?? undefined,
  };
}
