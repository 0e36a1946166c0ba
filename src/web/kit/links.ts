import { formatDate, formatInstant } from "../../domain/time/instant.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import { DEFAULT_STALE_AFTER } from "../../domain/polls/stale_after.ts";
import type { ReportRequest } from "../../domain/report_request.ts";
import { hasClassicWindows, isClassic } from "../../domain/time/window_list.ts";

/** What a store's page takes from a report. */
type SeenRequest = Pick<ReportRequest, "method" | "staleAfter" | "windows" | "calendar">;

/** The address of a store's page, with the as-of, the method, `stale_after` and the windows of a report. */
export function storeAddress(storeId: string, seen?: { asOf: Micros | undefined; request: SeenRequest }): string {
  const path = `/stores/${encodeURIComponent(storeId)}`;
  if (seen === undefined) return path;
  const { asOf, request: { method, staleAfter, windows, calendar } } = seen;
  const parameters = new URLSearchParams(asOf === undefined ? { method } : { as_of: formatInstant(asOf), method });
  if (staleAfter !== DEFAULT_STALE_AFTER) parameters.set("stale_after", formatDuration(staleAfter));
  if (!isClassic(windows)) parameters.set("windows", windows.join(","));
  if (calendar !== undefined) parameters.set("calendar", calendar);
  return `${path}?${parameters}`;
}

/** The name of a day's row on the page of a store. */
export function dayAnchor(date: EpochDay): string {
  return `day-${formatDate(date)}`;
}

export function reportAddress(reportId: string): string {
  return `/reports/${reportId}`;
}

/** Where a report's CSV is: the classic one, or all measures if the report has other windows. */
export function csvAddress(
  { reportId, request: { windows } }: { reportId: string; request: Pick<ReportRequest, "windows"> },
): string {
  return `${reportAddress(reportId)}/${hasClassicWindows(windows) ? "report.csv" : "rows.csv"}`;
}
