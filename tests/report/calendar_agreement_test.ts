import assert from "node:assert/strict";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { importText } from "../support/csv_file.ts";
import { openFixture } from "../support/reports.ts";
import { assertAgreement, loadSample } from "../support/sample_agreement.ts";

/** All stores have special dates within the week, one over midnight, and a few hours left out. */
const OF_ALL = [
  "*,2023-01-21,10:00,14:00,",
  "*,2023-01-21,20:00,26:30,",
  "*,2023-01-22,,,",
  "*,2023-01-19,22:00,02:00,",
];
const LEFT_OUT = [
  "*,2023-01-23 23:00,2023-01-24 01:00,platform,",
  "*,2023-01-24T06:00Z,2023-01-24T09:00Z,platform,",
  "*,2023-01-25 11:00,2023-01-25 11:30,other,",
];

Deno.test("every row of a sample with calendars is what one SQL statement says, by each method", async () => {
  await using fixture = await openFixture();
  await loadSample(fixture.sql, 300, true);
  const plain = await fixture.report();
  await importText(fixture.sql, [SPECIAL, ...OF_ALL, ""].join("\n"));
  await importText(fixture.sql, [EXCLUSIONS, ...LEFT_OUT, ""].join("\n"));
  assert.equal(await assertAgreement(fixture, { chunkSize: 150 }), METHOD_NAMES.length * 300);
  assert.notEqual((await fixture.report()).csv, plain.csv, "the calendars change the report");
});
