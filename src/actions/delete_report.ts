import { deleteReport as deleteRow } from "../db/reports/reports.ts";
import { reportPaths } from "../report/result/report_file.ts";
import type { ActionContext } from "./context.ts";

/**
 * Deletes a finished report: its files first, the CSV last, then its row. If this breaks off in between, a report is left that says
 * that its file is gone, and that can be deleted again. The other way round, files would be left that no row names.
 */
export async function deleteReport(
  { sql, reportsFolder }: ActionContext & { readonly reportsFolder: string },
  reportId: string,
): Promise<void> {
  const { result, csv, performance } = reportPaths(reportsFolder, reportId);
  for (const path of [performance, result, csv]) await Deno.remove(path).catch(ignoreMissing);
  await deleteRow(sql, reportId);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
