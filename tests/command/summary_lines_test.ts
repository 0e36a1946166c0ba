import assert from "node:assert/strict";
import { summaryLines, worstLines } from "../../src/command/report/summary_lines.ts";
import type { Measures } from "../../src/domain/measures/measures.ts";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { totalsOf } from "../../src/domain/measures/totals.ts";
import { DEFAULT_REQUEST, type ResolvedRequest } from "../../src/domain/report_request.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { instant } from "../support/build.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";

/** 100 scheduled hours, of which some were observed. */
function observed(hours: number): Measures {
  const [down, up] = [6 * HOUR + 1, 94 * HOUR - 1];
  return measuresWith({ up, down, observed: hours * HOUR, up_low: 90 * HOUR, up_high: 96 * HOUR + 1 });
}

function resultOf(coverage: readonly number[]): ResultColumns {
  const result = new ResultColumns(CLASSIC_WINDOWS, 1);
  result.add("7", coverage.map(observed), NO_TEXTS);
  return result;
}

function linesOf(coverage: readonly number[]): string[] {
  const outcome = { bytes: 0, sha256: "", warnings: [], errors: [], rows: 1 };
  const request = { ...DEFAULT_REQUEST, asOf: instant("09:00") };
  return summaryLines({ ...outcome, request, totals: totalsOf(resultOf(coverage)) }, 1234);
}

Deno.test("the table of a report has coverage and bounds beside each uptime", () => {
  assert.deepEqual(linesOf([64, 50, 99.99]), [
    "1 store as of 2023-01-25T09:00:00Z, in 1.23 s",
    "",
    "all stores                        uptime             between      observed",
    "last hour                        93.99 %     90.00 – 96.01 %       64.00 %",
    "last day                         93.99 %     90.00 – 96.01 %       50.00 %",
    "last week                        93.99 %     90.00 – 96.01 %       99.99 %",
  ]);
});

Deno.test("the window that another one is compared with stands below it", () => {
  const result = new ResultColumns(["2026-10", "2026-10.previous"], 1);
  result.add("7", [observed(64), observed(50)], NO_TEXTS);
  const request: ResolvedRequest = {
    ...DEFAULT_REQUEST,
    asOf: instant("09:00"),
    windows: ["2026-10"],
    compare: "previous",
  };
  const outcome = { bytes: 0, sha256: "", warnings: [], errors: [], rows: 1 };
  assert.deepEqual(summaryLines({ ...outcome, request, totals: totalsOf(result) }, 1234).slice(-2), [
    "2026-10                          93.99 %     90.00 – 96.01 %       64.00 %",
    "  the month before               93.99 %     90.00 – 96.01 %       50.00 %",
  ]);
});

Deno.test("it begins with what was not observed if some coverage is below half", () => {
  assert.equal(
    linesOf([64, 49.99, 12.5])[0],
    "Only 12.50 % of the scheduled time of the last week was observed: read each uptime with the bounds beside it",
  );
  assert.match(linesOf([0, 49.99, 12.5])[0] ?? "", /^Only 0\.00 % of the scheduled time of the last hour/);
});

Deno.test("the worst stores have coverage and bounds, too", () => {
  assert.deepEqual(worstLines(resultOf([64, 50, 30])), [
    "",
    "worst stores of the week          uptime             between      observed  lost hours",
    "7                                93.99 %     90.00 – 96.01 %       30.00 %        6.00",
  ]);
});
