import type { Sql } from "../db/client.ts";
import { deleteReport } from "../db/reports.ts";
import { reportPaths } from "./report_file.ts";

/**
 * Deletes a finished report: first its row, then its files. A crash in between leaves files that nobody can ask for any
 * more; the other way round it would leave a completed report without its file.
 */
export async function removeReport(sql: Sql, folder: string, reportId: string): Promise<void> {
  await deleteReport(sql, reportId);
  const { csv, performance } = reportPaths(folder, reportId);
  for (const path of [csv, performance]) await Deno.remove(path).catch(ignoreMissing);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
