import type { Sql, Transaction } from "../connection/client.ts";
import type { ReportStatus } from "./report.ts";

/** How many reports wait in the queue. Counts no further than `most`. */
export async function countWaiting(sql: Sql | Transaction, most: number): Promise<number> {
  const [row] = await sql<{ waiting: number }[]>`
    select count(*)::integer as waiting from (select from reports where status = 'Started' limit ${most}) waiting_reports`;
  return row?.waiting ?? 0;
}

export async function countReports(sql: Sql): Promise<{ status: ReportStatus; reports: number }[]> {
  return await sql<{ status: ReportStatus; reports: number }[]>`
    select status, count(*)::integer as reports from reports group by status`;
}

/** A chunk of a report that was completed, in milliseconds. */
export interface FinishedChunk {
  readonly reportId: string;
  readonly fetchMs: number;
  readonly computeMs: number;
  readonly writeMs: number;
}

/** The chunks of all reports that were completed in the last seconds. */
export async function finishedChunks(sql: Sql, seconds: number): Promise<FinishedChunk[]> {
  return await sql<FinishedChunk[]>`
    select report_id as "reportId", fetch_ms as "fetchMs", compute_ms as "computeMs", write_ms as "writeMs"
    from chunks join reports using (report_id)
    where status = 'Completed' and finished_at > clock_timestamp() - ${seconds} * interval '1 second'`;
}

/** The connections of all Storewatch processes to this database, by what they are for and what they do. */
export async function countConnections(sql: Sql): Promise<{ pool: string; state: string; connections: number }[]> {
  return await sql<{ pool: string; state: string; connections: number }[]>`
    select application_name as pool, coalesce(state, 'unknown') as state, count(*)::integer as connections
    from pg_stat_activity
    where datname = current_database() and application_name like 'storewatch%'
    group by 1, 2`;
}
