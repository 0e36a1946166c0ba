import type { Result } from "../../domain/measures/result.ts";
import { reportPaths } from "./report_file.ts";
import { resultOfCsv } from "./result_of_csv.ts";
import { decodeResult } from "./result_file.ts";
import { resultInFile } from "./result_in_file.ts";

/**
 * Reads the result of a completed report. A report from before there were result files has only its CSV: its measures are as exact
 * as the digits there.
 *
 * @returns undefined if the report's files are gone
 */
export async function readResult(folder: string, reportId: string): Promise<Result | undefined> {
  const { result, csv } = reportPaths(folder, reportId);
  const bytes = await unlessMissing(Deno.readFile(result));
  if (bytes !== undefined) return decodeResult(bytes);
  const text = await unlessMissing(Deno.readTextFile(csv));
  return text === undefined ? undefined : resultOfCsv(text);
}

/**
 * Finds the exact result of a completed report, for renderings of all that it measured. It is read when it is asked for.
 *
 * @returns "classic CSV only" for a report from before there were result files; undefined if the report's files are gone
 */
export async function readExactResult(
  folder: string,
  reportId: string,
): Promise<Result | "classic CSV only" | undefined> {
  const { result, csv } = reportPaths(folder, reportId);
  if (await unlessMissing(Deno.stat(result)) !== undefined) return resultInFile(result);
  return await unlessMissing(Deno.stat(csv)) === undefined ? undefined : "classic CSV only";
}

/** @returns undefined if the file does not exist */
export async function unlessMissing<Content>(reading: Promise<Content>): Promise<Content | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
