import type { Sql } from "./client.ts";
import { getReport, type Report } from "./reports.ts";

/** The report that was completed for the latest request; undefined if there is none. */
export async function latestCompleted(sql: Sql): Promise<Report | undefined> {
  const [row] = await sql<{ reportId: string }[]>`
    select report_id as "reportId" from reports where state = 'Completed'
    order by requested_at desc, report_id desc limit 1`;
  return row && await getReport(sql, row.reportId);
}

/** The report of the same method that was completed before another one: what that one's numbers are compared with. */
export async function completedBefore(sql: Sql, { reportId, method }: Report): Promise<Report | undefined> {
  const [row] = await sql<{ reportId: string }[]>`
    select report_id as "reportId" from reports
    where state = 'Completed' and method = ${method}
      and (requested_at, report_id) < (select requested_at, report_id from reports where report_id = ${reportId})
    order by requested_at desc, report_id desc limit 1`;
  return row && await getReport(sql, row.reportId);
}

/** Reports that wait or are being made, oldest first, the first few; and how many there are. */
export async function listUnfinished(sql: Sql, limit: number): Promise<{ reports: Report[]; count: number }> {
  const rows = await sql<{ reportId: string; count: number }[]>`
    select report_id as "reportId", count(*) over ()::integer as count from reports
    where state in ('Started', 'Running')
    order by requested_at limit ${limit}`;
  const reports = await Promise.all(rows.map(({ reportId }) => getReport(sql, reportId)));
  return { reports: reports.filter((report) => report !== undefined), count: rows[0]?.count ?? 0 };
}
