import type { Report } from "../../db/reports/report.ts";
import type { Result } from "../../domain/measures/result.ts";
import { measuringOf, windowsBy } from "../../domain/report_request.ts";
import { UTC } from "../../domain/time/timezone.ts";
import type { ReportRows } from "../../export/rows.ts";
import { rowsCsv } from "../../export/rows_csv.ts";

/** What renderings of all measures take: a report's result, and what the report says about it. */
export function rowsOfReport(
  { request, asOf = 0, warnings }: Pick<Report, "request" | "asOf" | "warnings">,
  result: Result,
): ReportRows {
  return {
    result,
    // Windows by calendar are in no one zone: the result says when they are.
    windows: windowsBy(measuringOf({ ...request, asOf }))(UTC),
    precision: request.precision,
    targetPercent: request.targetPercent,
    groupBy: request.groupBy,
    warnings: warnings.filter(({ storesTotal }) => storesTotal === 0).map(({ code }) => code),
  };
}

/** Writes all measures of a report to a file that does not exist, as the tidy CSV. */
export async function writeRowsCsv(path: string, rows: ReportRows): Promise<void> {
  await Deno.writeTextFile(path, ReadableStream.from(rowsCsv(rows)), { createNew: true });
}
