import assert from "node:assert/strict";
import { troubleLines } from "../../src/command/report/summary_lines.ts";
import { getReport } from "../../src/db/reports/reports.ts";
import { ANY_REJECTS, HOURS, importText, POLLS, TIMEZONES } from "../support/csv_file.ts";
import { openFixture } from "../support/reports.ts";

const NOON = "2023-01-25 12:00:00 UTC";

Deno.test("a report tells of rejected rows as its snapshot shows them, and keeps that", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await importText(sql, `${POLLS}\na,active,${NOON}\nb,?,${NOON}\nc,active,${NOON}\n,active,${NOON}\n`, ANY_REJECTS);
  await importText(sql, `${HOURS}\na,8,09:00,17:00\nb,0,09:00,17:00\nc,9,09:00,17:00\n`, ANY_REJECTS);
  const { report, summary } = await fixture.report();
  assert.deepEqual(report.warnings.map(({ code, stores, storesTotal }) => [code, stores, storesTotal]), [
    ["polls_rejected", ["b"], 1],
    ["hours_rejected", ["a", "c"], 2],
    ["rows_without_store", [], 0],
  ]);
  assert.deepEqual(summary?.warnings, report.warnings);
  await importText(sql, `${HOURS}\na,0,09:00,17:00\nc,0,09:00,17:00\n`);
  assert.deepEqual((await getReport(sql, report.reportId))?.warnings, report.warnings, "a report does not change");
  assert.deepEqual((await fixture.report()).report.warnings.map(({ code }) => code), [
    "polls_rejected",
    "rows_without_store",
  ]);
});

Deno.test("a report without a word has no warnings", async () => {
  await using fixture = await openFixture();
  await importText(fixture.sql, `${POLLS}\na,active,${NOON}\n`);
  assert.deepEqual((await fixture.report()).report.warnings, []);
});

Deno.test("a report names the first 100 stores of a mark, and counts all", async () => {
  await using fixture = await openFixture();
  const ids = Array.from({ length: 130 }, (_, index) => `s${String(index).padStart(3, "0")}`);
  await importText(fixture.sql, `${POLLS}\n${ids.map((id) => `${id},active,${NOON}`).join("\n")}\n`);
  await importText(fixture.sql, `${TIMEZONES}\n${ids.map((id) => `${id},nowhere`).join("\n")}\n`, ANY_REJECTS);
  const [warning] = (await fixture.report()).report.warnings;
  assert.deepEqual([warning?.storesTotal, warning?.stores], [130, ids.slice(0, 100)]);
});

Deno.test("the table of a report ends with its warnings", async () => {
  await using fixture = await openFixture();
  await importText(fixture.sql, `${POLLS}\na,active,${NOON}\n`);
  await importText(
    fixture.sql,
    `${HOURS}\n${"abcdefg".split("").map((id) => `${id},8,1,2`).join("\n")}\n`,
    ANY_REJECTS,
  );
  const { summary } = await fixture.report();
  assert.ok(summary);
  assert.deepEqual(troubleLines(summary).slice(-2), [
    "warning: 7 stores have rejected rows of business hours: they keep the hours that they had, or count as always open",
    "  a, b, c, d, e, and 2 more",
  ]);
});
