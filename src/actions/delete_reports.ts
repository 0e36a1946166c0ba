import { deleteReports as deleteRows } from "../db/reports/reports.ts";
import { renderedFiles } from "../report/result/rendered_file.ts";
import { reportPaths } from "../report/result/report_file.ts";
import { audited } from "./audited.ts";
import type { ActionContext } from "./context.ts";

/**
 * Deletes finished reports: their files first, the CSV last, then their rows. If this breaks off in between, a report is left that says
 * that its file is gone, and that can be deleted again. The other way round, files would be left that no row names.
 */
export async function deleteReports(
  context: ActionContext & { readonly reportsFolder: string },
  reportIds: readonly string[],
): Promise<void> {
  const paths = reportIds.map((reportId) => reportPaths(context.reportsFolder, reportId));
  for (const { performance, result } of paths) await remove([performance, result]);
  // Without a result, nothing more is rendered.
  await remove(await renderedFiles(context.reportsFolder, reportIds));
  await remove(paths.map(({ csv }) => csv));
  await audited(context, async (tx) => {
    const deleted = await deleteRows(tx, reportIds);
    if (deleted.length === 0) return { result: undefined, entry: undefined };
    const [only, second] = deleted;
    const subject = second === undefined ? only : undefined;
    const before = { reports_total: deleted.length, reports: deleted };
    return { result: undefined, entry: { action: "report.delete", subject, before } };
  });
}

async function remove(paths: readonly string[]): Promise<void> {
  for (const path of paths) await Deno.remove(path).catch(ignoreMissing);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
