import type { Report } from "../../db/reports/report.ts";
import type { ReportRows } from "../../export/rows.ts";
import { ReportLost } from "../failure.ts";
import { ReportFile, reportPaths } from "./report_file.ts";
import { renderPieces, rowsOfReport } from "./report_rows.ts";
import { readExactResult, unlessMissing } from "./stored_result.ts";

/** Renderings that are kept as files beside the result: they are asked for in parts, so their length must be known. */
export const FILE_FORMATS = ["parquet", "xlsx"] as const;

export type FileFormat = (typeof FILE_FORMATS)[number];

/** A rendering of a completed report. It can be posted to a worker. */
export interface Rendering {
  readonly folder: string;
  readonly format: FileFormat;
  readonly report: Pick<Report, "reportId" | "request" | "asOf" | "warnings">;
  /** Of Storewatch: another one may render with other columns. */
  readonly version: string;
}

/** Renders a report into its file. */
export type RenderFile = (rendering: Rendering) => Promise<void>;

/** Where a rendering is, once it is there. */
export function renderedPath({ folder, format, report, version }: Rendering): string {
  return `${folder}/${report.reportId}.${version}.${format}`;
}

/**
 * Renders a report into its file, which appears whole or not at all, and removes what other versions rendered.
 *
 * @throws {ReportFailure} if the file cannot be written
 * @throws {ReportLost} if the report was deleted
 * @throws {TooLargeForXlsx}
 */
export async function renderFile(rendering: Rendering): Promise<void> {
  const { folder, format, report } = rendering;
  const path = renderedPath(rendering);
  // Another process may be rendering the same file.
  await using file = await ReportFile.create(path, `${path}.${crypto.randomUUID()}.part`);
  await renderPieces(format, await findRows(rendering), (bytes) => file.write(bytes));
  await file.finish();
  await file.publish();
  const others = (await renderedFiles(folder, [report.reportId])).filter((other) => other !== path);
  for (const other of others) if (other.endsWith(`.${format}`)) await unlessMissing(Deno.remove(other));
  await removeIfDeleted(rendering);
}

async function findRows({ folder, report }: Rendering): Promise<ReportRows> {
  const result = await readExactResult(folder, report.reportId);
  if (result === undefined || result === "classic CSV only") throw new ReportLost("The report has no exact result");
  return rowsOfReport(report, result);
}

/** Deleting a report removes its result first, then the files that were rendered of it. */
async function removeIfDeleted(rendering: Rendering): Promise<void> {
  const { result } = reportPaths(rendering.folder, rendering.report.reportId);
  if (await unlessMissing(Deno.stat(result)) !== undefined) return;
  await unlessMissing(Deno.remove(renderedPath(rendering)));
  throw new ReportLost("The report was deleted meanwhile");
}

/** Also a part that was left when a process ended. */
const RENDERED = new RegExp(
  `^([0-9a-f-]{36})\\..*\\.(?:${FILE_FORMATS.join("|")})(?:\\.[0-9a-f-]{36}\\.part)?$`,
);

/** The paths of all files that were rendered of some reports, by any version. */
export async function renderedFiles(folder: string, reportIds: readonly string[]): Promise<string[]> {
  const wanted = new Set(reportIds);
  const names = await unlessMissing(Array.fromAsync(Deno.readDir(folder), ({ name }) => name)) ?? [];
  return names.filter((name) => wanted.has(RENDERED.exec(name)?.[1] ?? "")).map((name) => `${folder}/${name}`);
}
