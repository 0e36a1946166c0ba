import { DEFAULT_REQUEST, PROPOSED_REQUEST } from "../../domain/report_request.ts";
import { CLASSIC_WINDOWS } from "../../domain/time/window_list.ts";
import type { Sql } from "../connection/client.ts";
import type { Report } from "./report.ts";
import { getReport } from "./reports.ts";

/**
 * The completed report of all stores that pages show first: the latest as-of, however late it was requested. Among reports of one day those with the
 * classic windows come first, then those with the method that is proposed to people, then the method that was requested first, so that
 * trying another one changes no page.
 *
 * @returns undefined if no report is complete
 */
export async function latestCompleted(sql: Sql): Promise<Report | undefined> {
  const [row] = await sql<{ reportId: string }[]>`
    with recent as (
      select report_id, as_of, requested_at, request ->> 'method' = ${PROPOSED_REQUEST.method} as is_proposed,
        request -> 'windows' @> to_jsonb(${[...CLASSIC_WINDOWS]}::text[]) as is_classic,
        min(requested_at) over (partition by request ->> 'method') as tried_at
      from reports
      where status = 'Completed'
        and request -> 'where' is null
        and as_of > (select max(as_of) from reports where status = 'Completed' and request -> 'where' is null) - interval '1 day'
    )
    select report_id as "reportId" from recent
    order by is_classic desc, is_proposed desc, tried_at, as_of desc, requested_at desc, report_id desc limit 1`;
  return row && await getReport(sql, row.reportId);
}

/**
 * The report to compare another one with: of the same stores, method, `stale_after`, windows and calendar, and of the latest as-of before. A
 * report that was merely made again says nothing new.
 */
export async function completedBefore(sql: Sql, { request, asOf }: Report): Promise<Report | undefined> {
  const [row] = await sql<{ reportId: string }[]>`
    select report_id as "reportId" from reports
    where status = 'Completed' and request ->> 'method' = ${request.method}
      and coalesce((request ->> 'staleAfter')::bigint, ${DEFAULT_REQUEST.staleAfter}) = ${request.staleAfter}
      and request -> 'windows' = to_jsonb(${[...request.windows]}::text[])
      and request ->> 'calendar' is not distinct from ${request.calendar ?? null}
      and request -> 'where' is not distinct from ${
    request.where === undefined ? null : JSON.stringify(request.where)
  }::text::jsonb
      and as_of < instant(${asOf ?? null})
    order by as_of desc, requested_at desc limit 1`;
  return row && await getReport(sql, row.reportId);
}

/** Reports that wait or are being made, oldest first, the first few; and how many there are. */
export async function listUnfinished(sql: Sql, limit: number): Promise<{ reports: Report[]; count: number }> {
  const rows = await sql<{ reportId: string; count: number }[]>`
    select report_id as "reportId", count(*) over ()::integer as count from reports
    where status in ('Started', 'Running')
    order by requested_at limit ${limit}`;
  const reports = await Promise.all(rows.map(({ reportId }) => getReport(sql, reportId)));
  return { reports: reports.filter((report) => report !== undefined), count: rows[0]?.count ?? 0 };
}
