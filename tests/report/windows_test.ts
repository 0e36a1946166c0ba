import assert from "node:assert/strict";
import fc from "fast-check";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { readStore } from "../../src/db/polls/poll_days.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { MEASURES } from "../../src/domain/measures/measures.ts";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import { measuredWindows, measuringOf, type ReportRequest, windowsBy } from "../../src/domain/report_request.ts";
import { DAY, HOUR } from "../../src/domain/time/interval.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import { Timezones } from "../../src/report/timezones.ts";
import { EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { instant } from "../support/build.ts";
import { importText } from "../support/csv_file.ts";
import { putStores } from "../support/fleet.ts";
import { type Fixture, openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { assertDatesAgree, loadSample } from "../support/sample_agreement.ts";
import { microsOf } from "../support/sql_reference.ts";

const ZONES = ["UTC", "America/Chicago", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Pacific/Honolulu"];
const FIRST = instant("2022-09-01 00:00");
const LAST = instant("2023-01-25 18:00");

/** Stores that are polled a lot at some times, and not at all for weeks: between windows, before all of them, after all of them. */
const store = fc.record({
  zone: fc.constantFrom(...ZONES),
  isOpenByDay: fc.boolean(),
  runs: fc.array(
    fc.record({
      from: fc.integer({ min: FIRST / HOUR, max: LAST / HOUR }).map((hour) => hour * HOUR),
      polls: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 * HOUR }), fc.boolean()), { minLength: 1, maxLength: 8 }),
    }),
    { maxLength: 6 },
  ),
});

async function putRandomStores(fixture: Fixture): Promise<string[]> {
  const stores = fc.sample(store, { numRuns: 40, seed: 7 });
  const ids = stores.map((_, index) => `store ${String(index).padStart(2, "0")}`);
  const days = [0, 1, 2, 3, 4].map((day): [number, string, string] => [day, "09:00", "17:30"]);
  for (const [index, { zone, isOpenByDay, runs }] of stores.entries()) {
    const storeId = ids[index] ?? "";
    await putStores(fixture.sql, [{ id: storeId, zone, hours: isOpenByDay ? days : [] }]);
    const polls = runs.flatMap(({ from, polls }) => {
      let at = from;
      return polls.map(([gap, active]) => ({ storeId, active, at: at += gap }));
    });
    const before = polls.filter(({ at }) => at <= LAST);
    if (before.length > 0) await mergePolls(fixture.sql, before);
  }
  await mergePolls(fixture.sql, [{ storeId: ids[0] ?? "", active: true, at: LAST }]);
  return ids;
}

const LISTS: readonly Partial<ReportRequest>[] = [
  { windows: ["yesterday", "last_hour", "today"] },
  { windows: ["2022-10-05", "2022-11", "last_day", "2023-W02"] },
  { windows: ["last_30d", "previous_month", "2022-10-01T03:00:00.5Z/2022-10-09T00:00Z", "2023-02"] },
  { windows: ["2022-09-30/2022-10-02", "2022-12-24", "2022-12-26"], staleAfter: 7 * DAY },
  { windows: ["previous_week", "2022-10-05"], calendar: "Pacific/Kiritimati" },
  { windows: ["2022-11-05"], asOf: instant("2022-11-05 12:00") },
  { windows: ["2022-11", "today", "last_2d", "2022-12-01T00:00Z/2022-12-03T00:00Z"], compare: "previous" },
];

Deno.test("a report reads only some days, and measures what all polls of a store would give, by each method", async () => {
  await using fixture = await openFixture();
  const ids = await putRandomStores(fixture);
  const timezones = new Timezones(RULES);
  for (const asked of LISTS) {
    for (const method of METHOD_NAMES) {
      const { report } = await fixture.report({ ...asked, method }, { chunkSize: 7 });
      assert.equal(report.status, "Completed", report.reason);
      const result = await readResult(fixture.deps.reportsFolder, report.reportId) ?? assert.fail("no result file");
      assert.deepEqual(result.windows, measuredWindows(report.request));
      const asOf = report.asOf ?? NaN;
      const calendar = asked.calendar === undefined ? undefined : openTimezone(asked.calendar, RULES);
      const measuring = measuringOf({ ...report.request, asOf }, calendar);
      for (const [row, storeId] of ids.entries()) {
        const found = await transaction(fixture.sql, (tx) => readStore(tx, storeId, asOf));
        const rules = timezones.open(found?.rules ?? assert.fail());
        assert.ok(found !== undefined && !(rules instanceof RangeError));
        const expected = measurer(measuring)({ rules, polls: found.polls });
        for (const [index, window] of windowsBy(measuring)(rules.timezone).entries()) {
          const measured = MEASURES.map((measure) => result.column(window.name, measure)?.[row]);
          const said = `${storeId}, ${window.name}, ${method}`;
          assert.deepEqual(measured, MEASURES.map((measure) => expected[index]?.[measure]), said);
          const ends = result.ends(window.name);
          if (ends !== undefined) assert.deepEqual([ends.from[row], ends.to[row]], [window.start, window.end], said);
        }
      }
    }
  }
});

/** How many polls the chunks of a report read. */
async function pollsRead(fixture: Fixture, request: Partial<ReportRequest>): Promise<number> {
  const { performance = "" } = await fixture.report(request);
  return performance.trimEnd().split("\n").slice(1).reduce((sum, line) => sum + Number(line.split(",")[3]), 0);
}

Deno.test("days that no window needs are not read", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, [{ id: "s", zone: "Asia/Tokyo" }]);
  const noons = Array.from({ length: 100 }, (_, day) => LAST - 6 * HOUR - day * DAY);
  await mergePolls(fixture.sql, noons.map((at) => ({ storeId: "s", active: true, at })));
  const read = (windows: string[], changes = {}) => pollsRead(fixture, { method: "observed", windows, ...changes });
  // The last day is always read, for stores without data: two dates in UTC.
  assert.equal(await read(["last_hour"]), 2);
  // 2022-11-05 in Tokyo begins at 15:00 of the 4th in UTC, and two hours after its end the 5th still lasts.
  assert.equal(await read(["2022-11-05", "last_hour"]), 4);
  assert.equal(await read(["2022-11-05", "2022-11-06"]), 5);
  assert.equal(await read(["2022-11-05"], { calendar: "America/Chicago" }), 4);
  assert.equal(await read(["2022-11-05"], { staleAfter: 3 * DAY }), 10);
  assert.equal(await read(["2023-02", "last_hour"]), 2, "an empty window needs no polls");
  assert.equal(await read(["2022-11-05"], { method: "step" }), 4);
});

Deno.test("how long ago a store was polled is known only if all days since then were read", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, [
    { id: "a", polls: ["2022-11-04 20:00 active", "17:00 active"] },
    { id: "b", polls: ["2022-11-04 20:00 active", "2023-01-20 12:00 active"] },
    { id: "c", polls: ["18:00 active"] },
  ]);
  const ages = async (windows: string[]) => {
    const { report } = await fixture.report({ windows, method: "observed" });
    const result = await readResult(fixture.deps.reportsFolder, report.reportId);
    return Array.from(result?.pollAge ?? [], (age) => age / HOUR);
  };
  assert.deepEqual(await ages(["2022-11-05"]), [1, Infinity, 0]);
  assert.deepEqual(await ages(["2022-11-05", "last_week"]), [1, 126, 0]);
});

Deno.test("a report without the classic windows has no classic CSV; with them and others it has one, the same with a comparison", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, [{ id: "s", polls: ["09:00 active"] }]);
  const { csv, report } = await fixture.report({ windows: ["previous_month", "last_week"] });
  assert.equal(csv, undefined);
  assert.equal(report.status, "Completed");
  const result = await Deno.readFile(`${fixture.deps.reportsFolder}/${report.reportId}.result.arrow`);
  assert.equal(report.bytes, result.length);
  const others = await fixture.report({
    windows: ["last_week", "today", "last_hour", "last_day"],
    compare: "previous",
  });
  assert.equal(others.csv, (await fixture.report()).csv);
  const twins = await fixture.report({ windows: ["last_week", "today", "last_hour", "last_day"] });
  assert.equal(twins.report.sha256, others.report.sha256);
});

Deno.test("more than 5 million rows make a failed report that says so", async () => {
  await using fixture = await openFixture();
  await fixture.sql`insert into stores (store_id) select 's' || n from generate_series(1, 161291) n`;
  await putStores(fixture.sql, [{ id: "s", polls: ["09:00 active"] }]);
  const windows = Array.from({ length: 31 }, (_, index) => `last_${index + 1}d`);
  const { report } = await fixture.report({ windows });
  assert.equal(report.status, "Failed");
  assert.equal(
    report.reason,
    "161,292 stores with 31 windows each are 5,000,052 rows, but a report has 5,000,000 at most: ask for fewer windows",
  );
  const compared = await fixture.report({ windows: windows.slice(0, 16), compare: "previous" });
  assert.match(compared.report.reason ?? "", /with 32 windows each .*: ask for fewer windows, or without compare$/);
});

Deno.test("up and down of dates by each store's calendar are what one SQL statement says, by each method", async () => {
  await using fixture = await openFixture();
  await loadSample(fixture.sql, 200, true);
  await importText(fixture.sql, [SPECIAL, "*,2023-01-21,20:00,26:30,", ""].join("\n"));
  await importText(fixture.sql, [EXCLUSIONS, "*,2023-01-20 11:00,2023-01-20 11:30,other,", ""].join("\n"));
  const [row] = await fixture.sql<{ at: number }[]>`select micros(max(at)) as at from latest_polls`;
  const date = (back: number) => new Date(((row?.at ?? 0) - back * DAY) / 1000).toISOString().slice(0, 10);
  const dates = { one: [date(2), date(1)], three: [date(6), date(3)], cut: [date(1), date(-2)] } as const;
  assert.ok(await assertDatesAgree(fixture, dates) >= 1_000);
});

Deno.test("R72: dates begin where Postgres' own rules say, in zones and years of which all rules say the same", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  const known = await sql<{ name: string }[]>`select name from pg_timezone_names where name like '%/%' order by name`;
  const zones = known.map(({ name }) => name).filter((name) => RULES.zones.has(name.toLowerCase()));
  const dates = zones.flatMap((zone, index) =>
    Array.from({ length: 12 }, (_, n) => ({ zone, date: 10_957 + ((index * 7919 + n * 761) % 8_000) }))
  );
  const rows = await sql<{ zone: string; date: number; micros: number }[]>`
    select zone, date, ${sql.unsafe(microsOf("timestamp '1970-01-01' + date * interval '1 day'", "zone"))} as micros
    from unnest(${dates.map(({ zone }) => zone)}::text[], ${dates.map(({ date }) => date)}::integer[]) d (zone, date)`;
  assert.ok(rows.length > 4_000);
  const timezones = new Map(zones.map((zone) => [zone, openTimezone(zone, RULES)]));
  for (const { zone, date, micros } of rows) {
    assert.equal(timezones.get(zone)?.instantOf(date, 0), micros, `${zone} ${date}`);
  }
});
