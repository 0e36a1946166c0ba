import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { MEASURES, type Measures } from "../../src/domain/measures/measures.ts";
import { ResultColumns, type StoreTexts } from "../../src/domain/measures/result.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import type { Window } from "../../src/domain/time/window.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import { rowsCsv } from "../../src/export/rows_csv.ts";
import { rowsNdjson } from "../../src/export/rows_ndjson.ts";
import { instant } from "../support/build.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";

const WINDOWS: readonly Window[] = [
  { name: "last_week", start: instant("2023-01-18 09:00"), end: instant("2023-01-25 09:00") },
  { name: "last_hour", start: instant("08:00:00.47"), end: instant("09:00:00.47") },
];

const HEADER = "store_id,name,timezone,window,from,to,scheduled_hours,excluded_hours,uptime_hours,downtime_hours," +
  "unknown_hours,observed_hours,coverage_percent,uptime_percent,uptime_percent_low,uptime_percent_high,outages," +
  "longest_outage_hours,target_percent,budget_hours,lost_sales,warnings";

function rows(
  stores: readonly (readonly [string, readonly Measures[], Partial<StoreTexts>?])[],
  changes: Partial<ReportRows> = {},
): ReportRows {
  const result = new ResultColumns(WINDOWS.map(({ name }) => name), stores.length);
  for (const [id, measures, texts] of stores) result.add(id, measures, { ...NO_TEXTS, ...texts });
  return { result, windows: WINDOWS, precision: 2, warnings: [], targetPercent: undefined, groupBy: [], ...changes };
}

const WEEK = measuresWith({
  up: 90 * HOUR,
  down: 10 * HOUR - 18_000_000,
  unknown: 20 * HOUR,
  scheduled: 120 * HOUR - 18_000_000,
  observed: 64 * HOUR,
  up_low: 30 * HOUR,
  up_high: 110 * HOUR,
  outages: 3,
  longest_outage: 4.5 * HOUR,
});
const CLOSED = measuresWith({});

Deno.test("rows.csv has the header of the contract, a line per store and window, and empty cells for what is not known", () => {
  const csv = [...rowsCsv(rows([["7", [WEEK, CLOSED], { timezone: "Asia/Kolkata", warnings: "hours_rejected" }]]))]
    .join("");
  assert.equal(
    csv,
    `${HEADER}
7,,Asia/Kolkata,last_week,2023-01-18T09:00:00Z,2023-01-25T09:00:00Z,120.00,0.00,90.00,10.00,20.00,64.00,53.33,90.00,25.00,91.68,3,4.50,,,,hours_rejected
7,,Asia/Kolkata,last_hour,2023-01-25T08:00:00.470000Z,2023-01-25T09:00:00.470000Z,0.00,0.00,0.00,0.00,0.00,0.00,,,,,0,0.00,,,,hours_rejected
`,
  );
});

Deno.test("rows.csv of a report without stores is its header", () => {
  assert.equal([...rowsCsv(rows([]))].join(""), `${HEADER}\n`);
  assert.equal([...rowsNdjson(rows([]))].join(""), "");
});

Deno.test("hours have as many digits as were asked for, half away from zero", () => {
  const csv = (precision: number) => [...rowsCsv(rows([["7", [WEEK, CLOSED]]], { precision }))].join("").split("\n")[1];
  assert.match(csv(0) ?? "", /Z,120,0,90,10,20,64,53\.33,/);
  assert.match(csv(3) ?? "", /Z,119\.995,0\.000,90\.000,9\.995,20\.000,64\.000,53\.33,/);
});

Deno.test("percentages are rounded down, but the upper bound is rounded up", () => {
  const almost = measuresWith({ up: 3 * HOUR - 1, down: 1, observed: 1, up_low: 1, up_high: 2 * HOUR + 1 });
  const [, line = ""] = [...rowsCsv(rows([["7", [almost, CLOSED]]]))].join("").split("\n");
  assert.match(line, /,0\.00,99\.99,0\.00,66\.67,0,/);
});

Deno.test("a text that a spreadsheet would run stays text, and one with commas and quotes is one field", () => {
  const texts = { timezone: "=cmd|' /C calc'!A0", warnings: "" };
  const [, record = []] = parse([...rowsCsv(rows([['a,"b"', [WEEK, CLOSED], texts]]))].join(""));
  assert.deepEqual(record.slice(0, 3), ['a,"b"', "", "'=cmd|' /C calc'!A0"]);
});

Deno.test("a report knows the names, tags, targets and sales that stores had when it was made", () => {
  const own = {
    name: "Corner, 5th",
    tags: '{"brand": "=Wraps", "region": "West"}',
    target_percent: "92.5",
    sales_per_hour: "40.5",
  };
  const report = rows([["7", [WEEK, CLOSED], own], ["8", [WEEK, CLOSED], { tags: '{"region": "East"}' }]], {
    targetPercent: "99",
  });
  const [header, week, hour, other] = parse([...rowsCsv(report)].join(""));
  assert.deepEqual(header?.slice(-2), ["tag_brand", "tag_region"]);
  assert.deepEqual([week?.[1], ...week?.slice(18) ?? []], [
    "Corner, 5th",
    "92.5",
    "-1.00",
    "404.80",
    "",
    "'=Wraps",
    "West",
  ]);
  assert.deepEqual(hour?.slice(18), ["92.5", "0.00", "0.00", "", "'=Wraps", "West"]);
  assert.deepEqual(other?.slice(18), ["99", "-8.80", "", "", "", "East"]);
  const [line = ""] = [...rowsNdjson(report)].join("").split("\n");
  const { name, target_percent, budget_us, sales_per_hour, lost_sales, tags } = JSON.parse(line);
  assert.deepEqual({ name, target_percent, budget_us, sales_per_hour, lost_sales, tags }, {
    name: "Corner, 5th",
    target_percent: 92.5,
    budget_us: 9 * HOUR - 1_350_000 - (10 * HOUR - 18_000_000),
    sales_per_hour: 40.5,
    lost_sales: 404.8,
    tags: { brand: "=Wraps", region: "West" },
  });
});

Deno.test("a store has no value of a tag that only another store has, whatever its name", () => {
  const [smith, none] = ["7", "8"].map((id) => [id, [WEEK, CLOSED]] as const);
  assert(smith && none);
  const lines = parse([...rowsCsv(rows([[...smith, { tags: '{"constructor": "Smith"}' }], none]))].join(""));
  assert.deepEqual(lines.map((line) => line.at(-1)), ["tag_constructor", "Smith", "Smith", "", ""]);
});

Deno.test("lines of JSON keep all digits of sales that a double cannot hold", () => {
  const report = rows([["7", [measuresWith({ down: 9_000 * HOUR }), CLOSED], {
    sales_per_hour: "999999999999.999999",
  }]]);
  assert.match(
    [...rowsNdjson(report)].join(""),
    /"sales_per_hour":999999999999\.999999,"lost_sales":8999999999999999\.99,/,
  );
});

Deno.test("codes of warnings about every row follow those of the store", () => {
  const texts = { timezone: "UTC", warnings: "hours_rejected polls_rejected" };
  const report = rows([["7", [WEEK, CLOSED], texts]], { warnings: ["old_zone_rules"] });
  assert.match([...rowsCsv(report)].join(""), /,hours_rejected polls_rejected old_zone_rules\n/);
  const [line = ""] = [...rowsNdjson(report)].join("").split("\n");
  assert.deepEqual(JSON.parse(line).warnings, ["hours_rejected", "polls_rejected", "old_zone_rules"]);
});

Deno.test("rows.ndjson is exact, and null where something is not known", () => {
  const [line = ""] = [...rowsNdjson(rows([["7", [WEEK, CLOSED]]]))].join("").split("\n");
  assert.deepEqual(JSON.parse(line), {
    store_id: "7",
    name: null,
    timezone: "UTC",
    window: "last_week",
    from: "2023-01-18T09:00:00Z",
    to: "2023-01-25T09:00:00Z",
    scheduled_us: 120 * HOUR - 18_000_000,
    excluded_us: 0,
    up_us: 90 * HOUR,
    down_us: 10 * HOUR - 18_000_000,
    unknown_us: 20 * HOUR,
    observed_us: 64 * HOUR,
    up_low_us: 30 * HOUR,
    up_high_us: 110 * HOUR,
    outages: 3,
    longest_outage_us: 4.5 * HOUR,
    target_percent: null,
    budget_us: null,
    sales_per_hour: null,
    lost_sales: null,
    warnings: [],
    tags: {},
  });
});

Deno.test("any report of any size is read back from its lines, in order", () => {
  const micros = fc.integer({ min: 0, max: 2 ** 45 });
  const measures = fc.array(micros, { minLength: MEASURES.length, maxLength: MEASURES.length })
    .map((values) => measuresWith(Object.fromEntries(MEASURES.map((measure, index) => [measure, values[index]]))));
  const store = fc.tuple(fc.string({ minLength: 1, unit: "grapheme" }), fc.tuple(measures, measures));
  fc.assert(
    fc.property(fc.array(store, { maxLength: 300 }), (stores) => {
      const lines = [...rowsNdjson(rows(stores))].join("").trimEnd().split("\n").filter((line) => line !== "");
      const expected = stores.flatMap(([id, [week, hour]]) => [[id, "last_week", week], [id, "last_hour", hour]]);
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)).map((row) => [
          row.store_id,
          row.window,
          Object.fromEntries(MEASURES.map((name) => [name, row[name === "outages" ? name : `${name}_us`]])),
        ]),
        expected,
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("a result of an older version has empty cells, and null, for the measures that it lacks", () => {
  const { result } = rows([["7", [WEEK, CLOSED]]]);
  const older: ReportRows["result"] = {
    ...result,
    windows: result.windows,
    storeIds: result.storeIds,
    column: (window, measure) => ["up", "down"].includes(measure) ? result.column(window, measure) : undefined,
    text: () => undefined,
    ends: () => undefined,
  };
  const report = { ...rows([]), result: older };
  const [, line = ""] = [...rowsCsv(report)].join("").split("\n");
  assert.equal(line, "7,,,last_week,2023-01-18T09:00:00Z,2023-01-25T09:00:00Z,,,90.00,10.00,,,,90.00,,,,,,,,");
  const [json = ""] = [...rowsNdjson(report)].join("").split("\n");
  assert.deepEqual([JSON.parse(json).observed_us, JSON.parse(json).timezone], [null, null]);
});
