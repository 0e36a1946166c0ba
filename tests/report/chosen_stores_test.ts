/** Reports of the stores that have some tags, and the limit of groups. */
import assert from "node:assert/strict";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import type { Report } from "../../src/db/reports/report.ts";
import { MEASURES } from "../../src/domain/measures/measures.ts";
import { type Result, STORE_TEXTS } from "../../src/domain/measures/result.ts";
import { totalsOf } from "../../src/domain/measures/totals.ts";
import type { TagFilter } from "../../src/domain/tags/tag_filter.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import { ANY_REJECTS, importText, TIMEZONES } from "../support/csv_file.ts";
import { putStores } from "../support/fleet.ts";
import { type Fixture, openFixture } from "../support/reports.ts";

const REGIONS = ["West", "East", 'it\'s "far", or: not', undefined];
const BRANDS = ["Wraps", undefined, "Bowls"];

function tagsOf(index: number): Record<string, string> {
  const [region, brand] = [REGIONS[index % 4], BRANDS[index % 3]];
  return { ...region && { region }, ...brand && { brand } };
}

async function putTags(sql: Sql, id: string, tags: Record<string, string>): Promise<void> {
  await sql`update stores set tags = ${JSON.stringify(tags)}, name = ${`Store ${id}`} where store_id = ${id}`;
}

/** Store 24 has no tags, and the latest poll. */
async function putFleet({ sql }: Fixture): Promise<void> {
  for (let index = 0; index < 25; index++) {
    const id = String(index).padStart(2, "0");
    const [minute, state] = [String(index * 2).padStart(2, "0"), index % 2 === 0 ? "active" : "inactive"];
    await putStores(sql, [{ id, zone: "Asia/Tokyo", polls: [`2023-01-2${index % 5} 07:${minute} ${state}`] }]);
    if (index < 24) await putTags(sql, id, tagsOf(index));
  }
  await putStores(sql, [{ id: "24", polls: ["11:00 active"] }]);
  // Marks of four stores, of which two have the tag.
  await importText(sql, `${TIMEZONES}\n00,nowhere\n01,nowhere\n04,nowhere\n24,nowhere\n`, ANY_REJECTS);
}

async function resultOf(fixture: Fixture, report: Report): Promise<Result> {
  assert.equal(report.status, "Completed", report.reason);
  return await readResult(fixture.deps.reportsFolder, report.reportId) ?? assert.fail("There is no result file");
}

/** All that a result has of a store. */
function valuesOf(result: Result, storeId: string): unknown[] {
  const row = result.storeIds.indexOf(storeId);
  const texts = STORE_TEXTS.map((name) => result.text(name)?.[row]);
  const windows = result.windows.map((window) => [
    window,
    result.ends(window)?.from[row],
    ...MEASURES.map((measure) => result.column(window, measure)?.[row]),
  ]);
  return [storeId, result.pollAge?.[row], texts, windows];
}

Deno.test("R81: a report of stores with some tags", async (t) => {
  await using fixture = await openFixture();
  await putFleet(fixture);
  const windows = ["last_week", "yesterday"];
  const whole = await resultOf(fixture, (await fixture.report({ windows, compare: "previous" })).report);
  const latest = await latestPoll(fixture.sql);

  const filters: readonly (readonly [TagFilter, (index: number) => boolean])[] = [
    [{ region: ["West"] }, (index) => index % 4 === 0],
    [{ region: ["West", 'it\'s "far", or: not'], brand: ["Bowls"] }, (index) => index % 2 === 0 && index % 3 === 2],
    [{ brand: ["Wraps", "Bowls", "Pizza"] }, (index) => index % 3 !== 1],
  ];
  for (const [where, isAmong] of filters) {
    await t.step(`${JSON.stringify(where)} has the rows of these stores alone, as the whole report has`, async () => {
      const { report } = await fixture.report({ windows, compare: "previous", where });
      const result = await resultOf(fixture, report);
      const expected = whole.storeIds.filter((id) => Number(id) < 24 && isAmong(Number(id)));
      assert.ok(expected.length > 1);
      assert.deepEqual(result.storeIds, expected);
      for (const id of expected) assert.deepEqual(valuesOf(result, id), valuesOf(whole, id));
      assert.deepEqual([report.rows, report.storesTotal, report.storesDone], Array(3).fill(expected.length));
      assert.deepEqual(report.totals, totalsOf(result));
      assert.equal(report.asOf, latest, "as-of is the latest poll of all stores");
    });
  }

  await t.step("warns of these stores alone", async () => {
    const { report } = await fixture.report({ where: { region: ["West"] } });
    assert.deepEqual(report.warnings.map(({ code, stores, storesTotal }) => [code, stores, storesTotal]), [
      ["zone_rejected", ["00", "04"], 2],
    ]);
    assert.deepEqual((await fixture.report({ where: { brand: ["Bowls"] } })).report.warnings, []);
  });

  await t.step("that no store has is complete, has no rows, and totals of zeros", async () => {
    const { report, csv } = await fixture.report({ where: { region: ["North"] }, groupBy: ["region"] });
    assert.deepEqual([report.status, report.rows, report.storesTotal, csv], ["Completed", 0, 0, ""]);
    assert.equal(report.asOf, latest);
    assert.deepEqual(report.totals?.map(({ window }) => window), ["last_hour", "last_day", "last_week"]);
    for (const { sums } of report.totals ?? []) {
      assert.deepEqual(MEASURES.map((name) => sums[name]), Array(10).fill(0n));
    }
    assert.deepEqual((await resultOf(fixture, report)).storeIds, []);
  });
});

Deno.test("a report has at most 10,000 groups, else it fails and says what to do", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, [{ id: "s", polls: ["09:00 active"] }]);
  await fixture.sql`
    insert into stores (store_id, tags)
    select 'store ' || n, jsonb_build_object('door', n::text, 'region', (n % 3)::text) from generate_series(1, 10000) n`;
  const { report } = await fixture.report({ groupBy: ["region", "door"] });
  assert.deepEqual([report.status, report.reason], [
    "Failed",
    "The stores make more than 10,000 groups by region, door, but a report has 10,000 at most: group by tags with " +
    "fewer values, or choose fewer stores with where",
  ]);
  const asked = { groupBy: ["region", "door"], where: { region: ["0", "1", "2"] } };
  const just = await fixture.report(asked, { chunkSize: 1_000 });
  assert.deepEqual([just.report.status, just.report.rows], ["Completed", 10_000], "without the store that has no tags");
});
