import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import { rowsCsv } from "../../src/export/rows_csv.ts";
import { totalsCsv } from "../../src/export/totals_csv.ts";
import { instant } from "../support/build.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";
import { readPage } from "./page.ts";

/** The cells of the table of stores. */
function storesOf(example: string): string[][] {
  const rows = [...example.matchAll(/^\| (\d .*) \|$/gm)];
  return rows.map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
}

/** Some columns of a CSV, by the names of a header. */
function columnsOf(csv: Iterable<string>, header: string): string {
  const names = header.split(",");
  const records: Record<string, string>[] = parse([...csv].join(""), { columns: true });
  return [header, ...records.map((record) => names.map((name) => record[name]).join(","))].join("\n");
}

Deno.test("the worked example of the page of results is what the program writes", async () => {
  const [, example = ""] = (await readPage("docs/results.md")).split("## A worked example");
  const stores = storesOf(example);
  const windows = [{ name: "2026-10", start: instant("2026-10-01 00:00"), end: instant("2026-11-01 00:00") }];
  const result = new ResultColumns(["2026-10"], stores.length);
  for (const [id = "", region = "", scheduled, down, target = "", sales = ""] of stores) {
    const measures = measuresWith({ up: (Number(scheduled) - Number(down)) * HOUR, down: Number(down) * HOUR });
    const tags = region === "" ? "" : JSON.stringify({ region });
    result.add(id, [measures], { ...NO_TEXTS, tags, target_percent: target, sales_per_hour: sales, windows });
  }
  const report = { result, windows, precision: 2, warnings: [], targetPercent: "99.5", groupBy: ["region"] };
  const [rows = "", totals = "", ...others] = [...example.matchAll(/```csv\n([^]*?)\n```/g)].map(([, text = ""]) =>
    text
  );
  assert.deepEqual([stores.length, others], [3, []]);
  assert.equal(columnsOf(rowsCsv(report), rows.split("\n")[0] ?? ""), rows);
  assert.equal(columnsOf(totalsCsv(report), totals.split("\n")[0] ?? ""), totals);
});
