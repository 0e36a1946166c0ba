import type { z } from "@hono/zod-openapi";
import type { Report } from "../../db/reports/report.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { METHODS } from "../../domain/method.ts";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import type { ReportDetails, ReportJson } from "../kit/schemas.ts";

/** A report as clients read it. */
export function reportJson(report: Report): z.output<typeof ReportJson> {
  return {
    report_id: report.reportId,
    status: report.status,
    progress: { stores_done: report.storesDone, stores_total: report.storesTotal ?? null },
    as_of: instantOrNull(report.asOf ?? report.request.asOf),
    method: report.request.method,
    axes: axesJson(report),
    stale_after: formatDuration(report.request.staleAfter),
    windows: [...report.request.windows],
    calendar: report.request.calendar ?? null,
    where: whereJson(report),
    group_by: [...report.request.groupBy],
    compare: report.request.compare ?? null,
    target_percent: report.request.targetPercent === undefined ? null : Number(report.request.targetPercent),
    precision: report.request.precision,
    requested_at: formatInstant(report.requestedAt),
    started_at: instantOrNull(report.startedAt),
    finished_at: instantOrNull(report.finishedAt),
    stores: report.storesTotal ?? null,
    rows: report.rows ?? null,
    bytes: report.bytes ?? null,
    sha256: report.sha256 ?? null,
    uptime_ratio: ratioJson(report),
    reason: report.reason ?? null,
    tzdata: report.tzdata ?? null,
  };
}

/** What a complete report depends on, as clients read it. */
export function dependsOnJson({ dependsOn, tzdata }: Report): z.output<typeof ReportDetails>["depends_on"] {
  if (dependsOn === undefined || tzdata === undefined) return null;
  const { version, polls, calendars, tags } = dependsOn;
  return { version, tzdata, polls: { ...polls }, calendars, tags };
}

/** Whether nothing more will become of a report. */
export function isFinished({ status }: Report): boolean {
  return status !== "Started" && status !== "Running";
}

/** Short while the report is in progress, longer while it is in the queue. */
export function retryAfter({ status }: Report): string {
  return status === "Running" ? "1" : "2";
}

function axesJson({ request: { method } }: Report) {
  const { pollSpeaksFor, pollsUsed, unobserved, closed, windowsEnd } = METHODS[method];
  return { poll_speaks_for: pollSpeaksFor, polls_used: pollsUsed, unobserved, closed, windows_end: windowsEnd };
}

function ratioJson({ totals }: Report) {
  if (totals === undefined) return null;
  return Object.fromEntries(totals.map(({ window, sums }) => [window, uptimeRatio(sums) ?? null]));
}

function whereJson({ request: { where } }: Report) {
  return where === undefined
    ? null
    : Object.fromEntries(Object.entries(where).map(([key, values]) => [key, [...values]]));
}

function instantOrNull(instant: Micros | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
