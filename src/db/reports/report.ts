import type { DependsOn } from "../../domain/fingerprints/depends_on.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Warning } from "../../domain/warning.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { type TotalsColumn, totalsFromJson } from "./totals_column.ts";

export const REPORT_STATUSES = ["Started", "Running", "Completed", "Failed", "Cancelled"] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** A report and its status. Instants are microseconds since 1970. */
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
  /** Undefined if it is not complete, or is older than this column. */
  readonly dependsOn: DependsOn | undefined;
}

/** The HTTP method of the request that asked for a report: clients of `/get_report` wait for another word after each. */
export type HttpMethod = "GET" | "POST";

/** A report as the columns of its row. */
export interface ReportRow {
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
  depends_on: DependsOn | null;
}

/** A report is `Running` only while a session holds its lock. The lock ends with the session. */
export function reportColumns(sql: Sql | Transaction): Fragment {
  return sql`
    report_id, request, http_method,
    case when status = 'Running' and not is_worked_on(report_id) then 'Started' else status end as status,
    micros(as_of) as as_of, micros(requested_at) as requested_at,
    micros(started_at) as started_at, micros(finished_at) as finished_at,
    stores_total, stores_done, rows, bytes, sha256, totals, warnings, reason, tzdata, depends_on`;
}

export function toReport(row: ReportRow): Report {
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
    dependsOn: row.depends_on ?? undefined,
  };
}
