import assert from "node:assert/strict";
import fc from "fast-check";
import { readXlsx, type Sheet } from "hucre/xlsx";
import { HOUR } from "../../src/domain/time/interval.ts";
import { percentagesOf } from "../../src/domain/measures/percentage.ts";
import { formatLoss } from "../../src/domain/targets/money.ts";
import { type ReportRows, type Row, rowsOf } from "../../src/export/rows.ts";
import { MOST_ROWS } from "../../src/export/xlsx/sheet.ts";
import { sheetNames } from "../../src/export/xlsx/sheet_names.ts";
import { reportXlsx } from "../../src/export/xlsx/report_xlsx.ts";
import { anyReport, MADE_UP_WINDOWS } from "../support/arbitrary_report.ts";
import { reportRows } from "../support/report_rows.ts";
import { measuresWith } from "../support/row.ts";

async function bytesOf(rows: ReportRows): Promise<Uint8Array> {
  return new Uint8Array(await new Response(ReadableStream.from(reportXlsx(rows))).arrayBuffer());
}

async function sheetsOf(rows: ReportRows): Promise<Sheet[]> {
  return (await readXlsx(await bytesOf(rows), { readStyles: true })).sheets;
}

/** A sheet's lines below its header, each cell under its column. */
function linesOf({ rows: [header = [], ...lines] }: Sheet): Record<string, unknown>[] {
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [String(name), line[index] ?? null])));
}

/** What programs and people see of a column's first cell: its type and its format. */
function looksOf({ rows: [header = []], cells }: Sheet): Record<string, string> {
  return Object.fromEntries(header.flatMap((name, index) => {
    const { type, style } = cells?.get(`1,${index}`) ?? {};
    return type === undefined ? [] : [[String(name), `${type} ${style?.numFmt}`]];
  }));
}

const WEEK = measuresWith({
  up: 90 * HOUR,
  down: 9 * HOUR + 1,
  unknown: 21 * HOUR - 1,
  observed: 64 * HOUR,
  up_low: 30 * HOUR,
  up_high: 110 * HOUR,
  outages: 1234,
  longest_outage: 4.5 * HOUR,
});
const ALMOST = measuresWith({ up: 1e5 * HOUR, down: 1, up_high: 1e5 * HOUR });
const TEXTS = {
  name: "Harbour Street",
  timezone: "Asia/Kolkata",
  tags: `{"region":"West"}`,
  target_percent: "99.25",
  sales_per_hour: "1250.50",
  warnings: "hours_rejected polls_rejected",
};
const ID = "8139926242460185114";

Deno.test("a workbook has a sheet of totals and one for each window, with a frozen header, a filter and widths", async () => {
  const sheets = await sheetsOf(reportRows(MADE_UP_WINDOWS, [[ID, [WEEK, ALMOST], TEXTS], ["b", [WEEK, ALMOST]]]));
  assert.deepEqual(sheets.map(({ name }) => name), ["Totals", "last_week", "last_hour"]);
  assert.deepEqual(sheets.map(({ freezePane }) => freezePane), Array(3).fill({ rows: 1 }));
  assert.deepEqual(sheets.map(({ autoFilter }) => autoFilter?.range), ["A1:R3", "A1:V3", "A1:V3"]);
  for (const { columns = [], rows } of sheets) {
    assert.equal(columns.length, rows[0]?.length);
    assert(columns.every(({ width = 0 }) => width >= 10 && width <= 30));
  }
  assert.deepEqual(sheets[1]?.rows[0]?.slice(0, 4), ["Name", "Store", "region", "Uptime"]);
});

Deno.test("ids are texts, lengths and shares are numbers, instants are dates, and each is shown as what it is", async () => {
  const [, week] = await sheetsOf(reportRows(MADE_UP_WINDOWS, [[ID, [WEEK, ALMOST], TEXTS]], { precision: 3 }));
  assert(week !== undefined);
  assert.deepEqual(looksOf(week), {
    "Name": "string @",
    "Store": "string @",
    "region": "string @",
    "Uptime": "number 0.00%",
    "Uptime, at least": "number 0.00%",
    "Uptime, at most": "number 0.00%",
    "Observed": "number 0.00%",
    "Hours down": "number #,##0.000",
    "Outages": "number #,##0",
    "Longest outage, hours": "number #,##0.000",
    "Hours up": "number #,##0.000",
    "Hours unknown": "number #,##0.000",
    "Hours observed": "number #,##0.000",
    "Hours scheduled": "number #,##0.000",
    "Hours excluded": "number #,##0.000",
    "Target": "number 0.00##%",
    "Budget left, hours": "number #,##0.000",
    "Lost sales": "number #,##0.00",
    "Time zone": "string @",
    "From (UTC)": "date yyyy-mm-dd hh:mm:ss",
    "To (UTC)": "date yyyy-mm-dd hh:mm:ss",
    "Warnings": "string @",
  });
  assert.deepEqual(linesOf(week), [{
    "Name": "Harbour Street",
    "Store": ID,
    "region": "West",
    "Uptime": 0.909,
    "Uptime, at least": 0.25,
    "Uptime, at most": 0.9167,
    "Observed": 0.5333,
    "Hours down": 9 + 1 / HOUR,
    "Outages": 1234,
    "Longest outage, hours": 4.5,
    "Hours up": 90,
    "Hours unknown": 21 - 1 / HOUR,
    "Hours observed": 64,
    "Hours scheduled": 120,
    "Hours excluded": 0,
    "Target": 0.9925,
    "Budget left, hours": (0.9 * HOUR - 9 * HOUR - 1) / HOUR,
    "Lost sales": 11254.5,
    "Time zone": "Asia/Kolkata",
    "From (UTC)": new Date("2023-01-18T09:00:00Z"),
    "To (UTC)": new Date("2023-01-25T09:00:00Z"),
    "Warnings": "hours_rejected polls_rejected",
  }]);
});

Deno.test("no rounding makes 100 % of less", async () => {
  const [totals, , hour] = await sheetsOf(reportRows(MADE_UP_WINDOWS, [["a", [WEEK, ALMOST]]]));
  for (
    const [name, line] of [["last_hour", hour && linesOf(hour)[0]], ["Totals", totals && linesOf(totals)[1]]] as const
  ) {
    assert.deepEqual([line?.["Uptime"], line?.["Uptime, at most"]], [0.9999, 1], name);
  }
});

Deno.test("texts that look like formulas stay texts, and no cell is a formula", async () => {
  const names = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\tx",
    "<&>\"'",
    " spaced ",
    "007",
    "1e5",
    "TRUE",
    "_x0041_",
  ];
  const stores = names.map((name, index) =>
    [`=${index}`, [WEEK, WEEK], { name, tags: JSON.stringify({ t: name }) }] as const
  );
  for (const sheet of (await sheetsOf(reportRows(MADE_UP_WINDOWS, stores))).slice(1)) {
    assert.deepEqual(
      linesOf(sheet).map((line) => [line["Name"], line["Store"], line["t"]]),
      names.map((name, index) => [name, `=${index}`, name]),
    );
    for (const { formula } of sheet.cells?.values() ?? []) assert.equal(formula, undefined);
  }
});

/** What the line of a row must have, computed apart. */
function expectedLine(
  { storeId, name, measures, budget, loss, tags, timezone, warnings }: Row,
): Record<string, unknown> {
  const { uptime, low, high, coverage } = percentagesOf(measures);
  const share = (hundredths?: number) => hundredths === undefined ? null : hundredths / 10_000;
  return {
    "Name": name ?? null,
    "Store": storeId,
    ...tags,
    "Uptime": share(uptime),
    "Uptime, at least": share(low),
    "Uptime, at most": share(high),
    "Observed": share(coverage),
    "Hours down": (measures.down ?? NaN) / HOUR,
    "Outages": measures.outages,
    "Hours up": (measures.up ?? NaN) / HOUR,
    "Hours scheduled": (measures.scheduled ?? NaN) / HOUR,
    "Budget left, hours": budget === undefined ? null : Number(budget) / HOUR,
    "Lost sales": loss === undefined ? null : Number(formatLoss(loss)),
    "Time zone": timezone,
    "Warnings": warnings.length === 0 ? null : warnings.join(" "),
  };
}

Deno.test("another library reads from any workbook what the report has, in its order", async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (rows) => {
      const [, ...sheets] = await sheetsOf(rows);
      for (const [index, window] of rows.windows.entries()) {
        const lines = sheets[index] === undefined ? [] : linesOf(sheets[index]);
        const expected = [...rowsOf({ ...rows, windows: [window] })].map(expectedLine);
        const shown = lines.map((line, row) =>
          Object.fromEntries(Object.keys(expected[row] ?? {}).map((key) => [key, line[key]]))
        );
        assert.deepEqual(shown, expected);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("the same report gives the same bytes", async () => {
  const rows = reportRows(MADE_UP_WINDOWS, [[ID, [WEEK, ALMOST], TEXTS]]);
  assert.deepEqual(await bytesOf(rows), await bytesOf(rows));
});

Deno.test("names of sheets are what Excel allows: clean, short, and each there once", () => {
  assert.deepEqual(sheetNames(["Totals", "totals", "TOTALS"]), ["Totals", "totals (2)", "TOTALS (3)"]);
  assert.deepEqual(sheetNames(["2026-10-01/2026-10-15", "History", "'a'", "[x]:*?\\", ""]), [
    "2026-10-01 – 2026-10-15",
    "History (2)",
    "-a-",
    "-x-----",
    "-",
  ]);
  const month = "2026-10-01T00:00:00Z/2026-11-01T00:00:00Z";
  assert.deepEqual(sheetNames([month, `${month}.previous`]), [
    "2026-10-01 – 2026-11-01",
    "2026-10-01 – 2026-11-….previous",
  ]);
  const sign = fc.constantFrom(..."aAé/:'[]*?\\ \u0000\n…", "😀", "\ud83d", "\ufffe");
  const title = fc.string({ unit: sign, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(title, { maxLength: 20 }), (titles) => {
      const names = sheetNames(titles);
      assert.equal(new Set(names.map((name) => name.toLowerCase())).size, titles.length);
      for (const name of names) assert.match(name, /^(?!')[^[\]:*?/\\\p{Cc}\p{Cs}]{1,31}(?<!')$/u);
      for (const name of names) assert(name.length <= 31 && name.toLowerCase() !== "history");
    }),
    { numRuns: 30 },
  );
});

Deno.test("more stores than a sheet has rows are refused before anything is written, with what to take instead", () => {
  const unknown = { column: () => undefined, ends: () => undefined, text: () => undefined, pollAge: undefined };
  const result = { ...unknown, windows: ["last_hour"], storeIds: Array<string>(MOST_ROWS) };
  assert.throws(() => reportXlsx({ ...reportRows(MADE_UP_WINDOWS, []), result }), {
    name: "TooLargeForXlsx",
    message: /at most 1048575 rows .*the report 1048576.*take rows\.parquet/,
  });
});
