import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import type { Sql } from "../../db/connection/client.ts";
import { getReport } from "../../db/reports/reports.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import { reportDetails } from "../../http/reports/report_details.ts";
import { reportPaths } from "../../report/result/report_file.ts";
import type { MadeReport } from "./one_report.ts";
import type { Output } from "./report_format.ts";

/** A report that was made, as `GET /reports/{id}` has it, with the paths of its files. */
export async function reportForPrograms(
  sql: Sql,
  { reportId, request }: MadeReport,
  { output, reportsFolder }: Pick<Config, "reportsFolder"> & { readonly output: Output | undefined },
): Promise<object> {
  const report = await getReport(sql, reportId);
  if (report === undefined) throw new Error("The report was deleted");
  const { result, csv, performance } = reportPaths(resolve(reportsFolder), reportId);
  const files = {
    out: output === undefined ? null : resolve(output.path),
    result,
    csv: hasClassicWindows(request.windows) ? csv : null,
    performance,
  };
  return { ...await reportDetails({ sql }, report), files };
}
