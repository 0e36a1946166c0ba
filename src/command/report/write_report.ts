import { dirname } from "node:path";
import type { Config } from "../../config.ts";
import { reportPaths } from "../../report/result/report_file.ts";
import { rowsOfReport, writeRendering } from "../../report/result/report_rows.ts";
import { readExactResult } from "../../report/result/stored_result.ts";
import { Misuse } from "../run.ts";
import type { MadeReport } from "./one_report.ts";
import type { Output } from "./report_format.ts";

/**
 * Checks before the report that a file can be written: its folder must exist, and only a plain file can be replaced.
 *
 * @throws {Misuse}
 */
export async function needPlainFile(path: string): Promise<void> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info !== undefined && !info.isFile) throw new Misuse(`--out ${path} is not a file`);
  const folder = await Deno.stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory !== true) throw new Misuse(`--out ${path}: the folder does not exist: ${dirname(path)}`);
}

/** Writes a report to a file of its own, which appears complete or not at all. A link stays a link. */
export async function writeReport({ path, format }: Output, made: MadeReport, config: Config): Promise<void> {
  const target = await Deno.realPath(path).catch(() => path);
  const part = `${target}.${crypto.randomUUID()}.part`;
  try {
    await writePart({ path: part, format }, made, config);
    await Deno.rename(part, target);
  } catch (cause) {
    await Deno.remove(part).catch(() => {});
    const why = cause instanceof Error ? cause.message : cause;
    throw new Error(`The report could not be written to ${path}: ${why}`, { cause });
  }
}

async function writePart({ path, format }: Output, made: MadeReport, { reportsFolder }: Config): Promise<void> {
  const { request, warnings, reportId } = made;
  if (format === "csv") return await Deno.copyFile(reportPaths(reportsFolder, reportId).csv, path);
  const result = await readExactResult(reportsFolder, reportId);
  if (result === undefined || result === "classic CSV only") throw new Error("its files are gone");
  await writeRendering(path, format, rowsOfReport({ request, asOf: request.asOf, warnings }, result));
}
