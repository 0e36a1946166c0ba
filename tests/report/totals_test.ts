import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import type { ReportRequest } from "../../src/domain/report_request.ts";
import { rowsNdjson } from "../../src/export/rows_ndjson.ts";
import { totalsCsv } from "../../src/export/totals_csv.ts";
import { rowsOfReport } from "../../src/report/result/report_rows.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import { openFixture } from "../support/reports.ts";
import { loadSample } from "../support/sample_agreement.ts";
import { slowCells, slowGroups, slowStoreOf } from "../support/slow_totals.ts";

const LISTS: readonly Partial<ReportRequest>[] = [
  { groupBy: ["region", "brand"], targetPercent: "97.5", precision: 6 },
  { windows: ["yesterday", "2023-01", "last_36h"], compare: "previous", groupBy: ["brand"], calendar: "Asia/Tokyo" },
  {
    windows: ["previous_week"],
    where: { region: ["East", "Central"] },
    groupBy: ["region", "nothing"],
    method: "clock",
  },
];

Deno.test("R82: totals of the sample, by tags, are what its rows add up to, to the last digit", async () => {
  await using fixture = await openFixture();
  await loadSample(fixture.sql, 60, true);
  for (const asked of LISTS) {
    const { report } = await fixture.report({ method: "observed", ...asked }, { chunkSize: 20 });
    const result = await readResult(fixture.deps.reportsFolder, report.reportId) ?? assert.fail(report.reason);
    const rows = rowsOfReport(report, result);
    const stores = [...rowsNdjson(rows)].join("").trimEnd().split("\n").map((line) => slowStoreOf(JSON.parse(line)));
    const of = (window: string, members: typeof stores) => members.filter((store) => store.window === window);
    const groups = slowGroups(stores, report.request.groupBy);
    assert.ok(groups.length > 1);
    assert.deepEqual(
      parse([...totalsCsv(rows)].join("")).slice(1).map((cells: string[]) => cells.slice(groupCells(asked))),
      [stores, ...groups.map(({ members }) => members)].flatMap((members) =>
        result.windows.map((window) => [
          window,
          String(of(window, members).length),
          ...slowCells(of(window, members), report.request.precision),
        ])
      ),
    );
  }
});

/** How many cells say which group it is. */
function groupCells({ groupBy = [] }: Partial<ReportRequest>): number {
  return 1 + groupBy.length;
}
