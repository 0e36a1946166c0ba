import type { Actor } from "../../domain/actor.ts";
import type { ReportRequest } from "../../domain/report_request.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { type HttpMethod, type Report, reportColumns, type ReportRow, toReport } from "./report.ts";

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
  const [row] = await sql<ReportRow[]>`select ${reportColumns(sql)} from reports where report_id = ${reportId}`;
  return row && toReport(row);
}

/** A place in the list of reports: the next page begins after this one. */
export interface ReportPosition {
  readonly requestedAt: Micros;
  readonly reportId: string;
}

/** Latest first. */
export async function listReports(sql: Sql, limit: number, after?: ReportPosition): Promise<Report[]> {
  const rows = await sql<ReportRow[]>`
    select ${reportColumns(sql)} from reports
    ${after ? sql`where (requested_at, report_id) < (instant(${after.requestedAt}), ${after.reportId}::uuid)` : sql``}
    order by requested_at desc, report_id desc
    limit ${limit}`;
  return rows.map(toReport);
}

/** A finished report and its files, as far as its row knows. */
export interface OldReport {
  readonly reportId: string;
  /** Of its CSV, or of its result if it has no CSV; 0 if it has neither. */
  readonly bytes: number;
}

/** Finished reports that were requested before an instant, earliest first. */
export async function listReportsBefore(sql: Sql, before: Micros): Promise<OldReport[]> {
  return await sql<OldReport[]>`
    select report_id as "reportId", coalesce(bytes, 0) as bytes from reports
    where requested_at < instant(${before}) and status in ('Completed', 'Failed', 'Cancelled')
    order by requested_at`;
}

/** Fails a report that has no worker any more, in any run. */
export async function giveUp(sql: Sql, reportId: string, reason: string): Promise<void> {
  await sql`
    update reports set status = 'Failed', reason = ${reason}, finished_at = clock_timestamp()
    where report_id = ${reportId} and status in ('Started', 'Running')`;
}

/** @returns whether there was anything to cancel */
export async function cancelReport(sql: Sql | Transaction, reportId: string, reason: string): Promise<boolean> {
  const { count } = await sql`
    update reports set status = 'Cancelled', reason = ${reason}, finished_at = clock_timestamp()
    where report_id = ${reportId} and status in ('Started', 'Running')`;
  return count === 1;
}

/** Deletes finished reports. @returns the ids of those that were there */
export async function deleteReports(sql: Sql | Transaction, reportIds: readonly string[]): Promise<string[]> {
  const rows = await sql<{ reportId: string }[]>`
    delete from reports
    where report_id = any(${[...reportIds]}::uuid[]) and status in ('Completed', 'Failed', 'Cancelled')
    returning report_id as "reportId"`;
  return rows.map(({ reportId }) => reportId).sort();
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
