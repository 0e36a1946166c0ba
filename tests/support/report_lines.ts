import { rowsNdjson } from "../../src/export/rows_ndjson.ts";
import { rowsOfReport } from "../../src/report/result/report_rows.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import type { Fixture, Made } from "./reports.ts";

/** The rows of a report as lines of JSON, without what says which files were bad. */
export async function rowLines({ deps }: Fixture, { report }: Made): Promise<string[]> {
  const result = await readResult(deps.reportsFolder, report.reportId);
  if (result === undefined) throw new Error(`Report ${report.reportId} has no result: ${report.reason}`);
  const text = [...rowsNdjson(rowsOfReport(report, result))].join("");
  return text.replaceAll(/"warnings":\[[^\]]*\]/g, "").split("\n").filter((line) => line !== "");
}

/** How many rows of two reports differ, by store and window. */
export function rowsThatDiffer(then: readonly string[], now: readonly string[]): number {
  const keyOf = (line: string) => {
    const { store_id, window } = JSON.parse(line.replace(/,(?=,|})/g, ""));
    return `${store_id} ${window}`;
  };
  const rows = new Map(then.map((line) => [keyOf(line), line]));
  const others = now.filter((line) => rows.get(keyOf(line)) !== line);
  const keys = new Set([...others.map(keyOf), ...then.filter((line) => !now.includes(line)).map(keyOf)]);
  return keys.size;
}
