import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import type { Measures } from "../../src/domain/measures/measures.ts";
import { ResultColumns, type StoreTexts } from "../../src/domain/measures/result.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import { totalsCsv } from "../../src/export/totals_csv.ts";
import { totalsNdjson } from "../../src/export/totals_ndjson.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";

const COLUMNS =
  "window,stores,scheduled_hours,excluded_hours,uptime_hours,downtime_hours,unknown_hours,observed_hours," +
  "coverage_percent,uptime_percent,uptime_percent_low,uptime_percent_high,outages,longest_outage_hours,target_percent," +
  "budget_hours,lost_sales";

type Store = readonly [texts: Partial<StoreTexts>, measures: Measures];

function report(stores: readonly Store[], changes: Partial<ReportRows> = {}): ReportRows {
  const windows = [{ name: "2026-10", start: 0, end: 1 }];
  const result = new ResultColumns(["2026-10"], stores.length);
  for (const [index, [texts, measures]] of stores.entries()) {
    result.add(String(index), [measures], { ...NO_TEXTS, ...texts });
  }
  return { result, windows, precision: 2, warnings: [], targetPercent: undefined, groupBy: [], ...changes };
}

function csvOf(rows: ReportRows): string {
  return [...totalsCsv(rows)].join("");
}

function linesOf(rows: ReportRows): string[] {
  return [...totalsNdjson(rows)].join("").split("\n").filter((line) => line !== "");
}

function tags(values: Record<string, string>): Partial<StoreTexts> {
  return { tags: JSON.stringify(values) };
}

const GOOD = measuresWith({ up: 99 * HOUR, down: HOUR, observed: 50 * HOUR, up_low: 40 * HOUR, up_high: 99.5 * HOUR });
const BAD = measuresWith({ up: 10 * HOUR, down: 10 * HOUR, observed: 20 * HOUR, up_high: 12 * HOUR, outages: 2 });

Deno.test("totals.csv has the header of the contract, all stores first, then groups by their values, missing ones last", () => {
  const stores: Store[] = [
    [tags({ region: "West", brand: "=Wraps" }), { ...GOOD, outages: 3, longest_outage: HOUR }],
    [{}, BAD],
    [tags({ region: "West" }), { ...BAD, longest_outage: 10 * HOUR }],
    [tags({ region: "East", brand: "Bowls, etc." }), GOOD],
  ];
  assert.equal(
    csvOf(report(stores, { groupBy: ["region", "brand"] })),
    `group,group_region,group_brand,${COLUMNS}
*,,,2026-10,4,240.00,0.00,218.00,22.00,0.00,140.00,58.33,90.83,33.33,92.92,7,10.00,,,
,East,"Bowls, etc.",2026-10,1,100.00,0.00,99.00,1.00,0.00,50.00,50.00,99.00,40.00,99.50,0,0.00,,,
,West,'=Wraps,2026-10,1,100.00,0.00,99.00,1.00,0.00,50.00,50.00,99.00,40.00,99.50,3,1.00,,,
,West,,2026-10,1,20.00,0.00,10.00,10.00,0.00,20.00,100.00,50.00,0.00,60.00,2,10.00,,,
,,,2026-10,1,20.00,0.00,10.00,10.00,0.00,20.00,100.00,50.00,0.00,60.00,2,0.00,,,
`,
  );
});

Deno.test("a tag may have the name of something that every object has", () => {
  const stores: Store[] = [[tags({ constructor: "Smith" }), GOOD], [{}, GOOD], [tags({ region: "West" }), BAD]];
  const groups = linesOf(report(stores, { groupBy: ["constructor"] })).map((line) => JSON.parse(line));
  assert.deepEqual(groups.map(({ group, stores }) => [group, stores]), [
    ["*", 3],
    [{ constructor: "Smith" }, 1],
    [{ constructor: null }, 2],
  ]);
});

Deno.test("R82: percentages are ratios of sums, not means of ratios", () => {
  const [, , total] = parse(csvOf(report([[tags({ a: "1" }), GOOD], [tags({ a: "1" }), BAD]], { groupBy: ["a"] })));
  // 109 of 120 hours. The mean of 99 % and 50 % is 74.5 %.
  assert.equal(total?.[11], "90.83");
});

Deno.test("a line of totals.ndjson says which group it is, and is exact", () => {
  const stores: Store[] = [[tags({ region: "West" }), { ...GOOD, outages: 3, longest_outage: HOUR }]];
  const [all, group] = linesOf(report(stores, { groupBy: ["region", "brand"], targetPercent: "99" }));
  const line = JSON.parse(all ?? "");
  assert.deepEqual(line, {
    group: "*",
    window: "2026-10",
    stores: 1,
    scheduled_us: 100 * HOUR,
    excluded_us: 0,
    up_us: 99 * HOUR,
    down_us: HOUR,
    unknown_us: 0,
    observed_us: 50 * HOUR,
    up_low_us: 40 * HOUR,
    up_high_us: 99.5 * HOUR,
    outages: 3,
    longest_outage_us: HOUR,
    target_percent: 99,
    budget_us: 0,
    lost_sales: null,
  });
  assert.deepEqual(JSON.parse(group ?? ""), { ...line, group: { region: "West", brand: null } });
});

Deno.test("sums that no double could count keep all digits", () => {
  const long = measuresWith({ up: 2 ** 53 - 1, down: 2 ** 53 - 1, scheduled: 2 ** 53 - 1 });
  const stores = Array.from({ length: 3 }, (): Store => [{ sales_per_hour: "999999999999.999999" }, long]);
  const rows = report(stores, { targetPercent: "0.0001" });
  const [line = ""] = linesOf(rows);
  assert.match(line, /"scheduled_us":27021597764222973,.*"up_us":27021597764222973,/);
  assert.match(line, /"budget_us":-27021597765,"lost_sales":7505999378950825825\.83\}/);
  assert.match(csvOf(rows), /,7505999\.38,/);
});

Deno.test("R83: a total has the target that all of its stores share, and budget and sales of the stores that have them", () => {
  const target = (target_percent: string, sales_per_hour = ""): Partial<StoreTexts> => ({
    target_percent,
    sales_per_hour,
  });
  const totalOf = (stores: Store[], targetPercent?: string) => {
    const [line = ""] = linesOf(report(stores, { targetPercent }));
    const { target_percent, budget_us, lost_sales } = JSON.parse(line);
    return [target_percent, budget_us, lost_sales];
  };
  assert.deepEqual(totalOf([[{}, GOOD], [{}, BAD]]), [null, null, null]);
  assert.deepEqual(totalOf([[target("99.5"), GOOD], [target("99.5"), BAD]]), [99.5, 0.6 * HOUR - 11 * HOUR, null]);
  assert.deepEqual(totalOf([[target("99.5"), GOOD], [{}, BAD]]), [null, 0.5 * HOUR - HOUR, null], "one has none");
  assert.deepEqual(totalOf([[target("99"), GOOD], [{}, BAD]], "99"), [99, 1.2 * HOUR - 11 * HOUR, null]);
  assert.deepEqual(totalOf([[target("99"), GOOD], [target("0"), BAD]]), [null, HOUR + 20 * HOUR - 11 * HOUR, null]);
  assert.deepEqual(totalOf([[target("", "0.004"), GOOD], [target("", "0.001"), BAD], [{}, BAD]]), [null, null, 0.01]);
});

Deno.test("R83: budget and lost sales of a total are rounded once", () => {
  const short = measuresWith({ up: 1, down: 0 });
  const stores = Array.from({ length: 3 }, (): Store => [{ target_percent: "50" }, short]);
  assert.match(
    linesOf(report(stores))[0] ?? "",
    /"budget_us":1,/,
    "three halves are 1, three times nothing would be 0",
  );
  const hour = measuresWith({ down: HOUR });
  const sales = Array.from({ length: 3 }, (): Store => [{ sales_per_hour: "0.004" }, hour]);
  assert.match(linesOf(report(sales))[0] ?? "", /"lost_sales":0\.01\}/);
});

Deno.test("totals of an older result have empty cells, and null, for the measures that it lacks", () => {
  const { result, ...others } = report([[{ target_percent: "99", sales_per_hour: "5" }, GOOD]]);
  const older: ReportRows = {
    ...others,
    result: {
      windows: result.windows,
      storeIds: result.storeIds,
      pollAge: undefined,
      ends: () => undefined,
      text: () => undefined,
      column: (window, measure) => ["up", "down"].includes(measure) ? result.column(window, measure) : undefined,
    },
  };
  assert.equal(csvOf(older).split("\n")[1], "*,2026-10,1,,,99.00,1.00,,,,99.00,,,,,,,");
  const { scheduled_us, up_us, budget_us, lost_sales } = JSON.parse(linesOf(older)[0] ?? "");
  assert.deepEqual([scheduled_us, up_us, budget_us, lost_sales], [null, 99 * HOUR, null, null]);
});

Deno.test("totals of no stores are zeros without percentages, and there are no groups", () => {
  const rows = report([], { groupBy: ["region"], targetPercent: "99" });
  assert.equal(
    csvOf(rows),
    `group,group_region,${COLUMNS}\n*,,2026-10,0,0.00,0.00,0.00,0.00,0.00,0.00,,,,,0,0.00,,,\n`,
  );
  assert.equal(linesOf(rows).length, 1);
});
