import type { Sql } from "../db/connection/client.ts";
import { deleteReport } from "../db/reports/reports.ts";
import { reportPaths } from "./result/report_file.ts";

/**
 * Deletes a finished report: first its files, the CSV last, then its row. Broken off in between, it leaves a report that
 * says that its file is gone, and that can be deleted again; the other way round, files would be left that nobody knows.
 */
export async function removeReport(sql: Sql, folder: string, reportId: string): Promise<void> {
  const { result, csv, performance } = reportPaths(folder, reportId);
  for (const path of [performance, result, csv]) await Deno.remove(path).catch(ignoreMissing);
  await deleteReport(sql, reportId);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
