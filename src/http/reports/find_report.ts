import type { Sql } from "../../db/connection/client.ts";
import type { Report } from "../../db/reports/report.ts";
import { getReport } from "../../db/reports/reports.ts";
import { isUuid } from "../../domain/uuid.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import { Problem } from "../kit/problem.ts";
import { isFinished, retryAfter } from "./report_json.ts";

/** Looks a report up by what a client says its id is. */
export async function findReport(sql: Sql, id: string): Promise<Report | undefined> {
  return isUuid(id) ? await getReport(sql, id.toLowerCase()) : undefined;
}

/** @throws {Problem} if the report does not exist */
export async function needReport(sql: Sql, id: string): Promise<Report> {
  const report = await findReport(sql, id);
  if (report === undefined) throw new Problem("unknown-report", "No report has this id");
  return report;
}

/** @throws {Problem} if the report is not complete */
export function needComplete(report: Report): Report {
  if (report.status === "Completed") return report;
  throw new Problem("report-not-complete", report.reason ?? `The report is ${report.status}`, {
    members: { report_id: report.reportId, report_status: report.status },
    headers: isFinished(report) ? {} : { "Retry-After": retryAfter(report) },
  });
}

/** @throws {Problem} if the report is not complete, or has no classic CSV */
export function needClassicCsv(report: Report): Report {
  const complete = needComplete(report);
  if (hasClassicWindows(complete.request.windows)) return complete;
  throw new Problem(
    "report-without-csv",
    "The report has not all of last_hour, last_day and last_week, which this CSV has: take rows.csv",
  );
}

/** @throws {Problem} if there is only a classic CSV of a report, or no file any more */
export function needExact<Found>(found: Found | "classic CSV only" | undefined): Found {
  if (found === undefined) {
    throw new Problem("report-file-gone", "The report was completed, but its files are no longer there");
  }
  if (found === "classic CSV only") throw new Problem("report-without-rows", "The report has only its classic CSV");
  return found;
}
