import assert from "node:assert/strict";
import { takeUp } from "../../src/db/reports/report_run.ts";
import { getReport, insertReport } from "../../src/db/reports/reports.ts";
import type { ZoneRules } from "../../src/domain/time/zone_rules.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import type { Chunk } from "../../src/report/chunk.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { instant } from "../support/build.ts";
import { ANY_REJECTS, HOURS, importText, POLLS, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { openFixture, STEP } from "../support/reports.ts";
import { changedRules, RULES } from "../support/rules.ts";

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Stores in two provinces of Canada, which no longer change their clocks: a real case, in which the runtime's rules are too old. */
const PERMANENT_TIME = {
  zones: `${TIMEZONES}\nbc,America/Vancouver\nab,America/Edmonton\n`,
  hours: `${HOURS}\n${["bc", "ab"].flatMap((id) => EVERY_DAY.map((day) => `${id},${day},09:00,17:00\n`)).join("")}`,
  polls: `${POLLS}\n${
    ["bc", "ab"].map((id) =>
      `${id},active,2026-11-10 12:00:00 UTC
${id},inactive,2026-11-19 00:15:00 UTC
${id},active,2026-11-19 16:30:00 UTC
${id},active,2026-11-20 20:00:00 UTC
`
    ).join("")
  }`,
};

Deno.test("British Columbia and Alberta stay on the time of summer 2026, and the report says by which rules", async () => {
  await using fixture = await openFixture();
  const { zones, hours, polls } = PERMANENT_TIME;
  for (const file of [polls, hours, zones]) await importText(fixture.sql, file);
  const { csv, report } = await fixture.report();
  assert.equal(csv, "ab,60.00,8.00,54.50,0.00,0.00,1.50\nbc,60.00,8.00,55.50,0.00,0.00,0.50\n");
  assert.equal(report.tzdata, RULES.version);
});

/** Chicago is three hours behind from the midnight that begins 26 January. */
const OWN = changedRules(RULES, "2099a", { "America/Chicago": [instant("2023-01-26 06:00"), -3] });
const STORE = [
  `${HOURS}\n${EVERY_DAY.map((day) => `c,${day},09:00,17:00\n`).join("")}`,
  `${POLLS}
c,active,2023-01-19 12:00:00 UTC
c,inactive,2023-01-26 19:00:00 UTC
c,active,2023-01-26 21:00:00 UTC
`,
];
const REQUEST = { asOf: instant("2023-01-27 00:00") };
/** Open from 15:00 to 23:00 UTC on each day. */
const ROW = "c,0.00,6.00,54.00,0.00,2.00,2.00\n";
/** On the last day open from 12:00 to 20:00 UTC. */
const OWN_ROW = "c,0.00,7.00,55.00,0.00,1.00,1.00\n";

Deno.test("a report follows rules in which a zone changes its offset, in this thread and in workers", async () => {
  await using fixture = await openFixture();
  for (const file of STORE) await importText(fixture.sql, file);
  assert.equal((await fixture.report(REQUEST)).csv, ROW);
  using pool = new WorkerPool({ workers: 2, address: fixture.address, zoneRules: OWN });
  for (const compute of [chunkComputer(fixture.sql, 0, OWN), pool.compute]) {
    const { csv, report } = await fixture.report(REQUEST, { compute, tzdata: OWN.version });
    assert.deepEqual([csv, report.tzdata], [OWN_ROW, "2099a"]);
  }
});

Deno.test("polls inside openings are found by the same rules", async () => {
  await using fixture = await openFixture();
  for (const file of STORE) await importText(fixture.sql, file);
  const changes = { compute: chunkComputer(fixture.sql, 0, OWN), tzdata: OWN.version };
  // The poll of 21:00 lies after closing time, so that the store is down from 19:00 to 20:00, and the next day too.
  const { csv } = await fixture.report({ method: "in-hours", asOf: instant("2023-01-27 13:00") }, changes);
  assert.match(csv ?? "", /^c,0\.00,6\.00,/);
});

Deno.test("a worker with other rules refuses a chunk", async () => {
  await using fixture = await openFixture();
  for (const file of STORE) await importText(fixture.sql, file);
  const compute = chunkComputer(fixture.sql, 0, OWN);
  const refusals: unknown[] = [];
  const watched = (chunk: Chunk) => compute(chunk).catch((error) => (refusals.push(error), Promise.reject(error)));
  const { report } = await fixture.report(REQUEST, { compute: watched });
  assert.equal(report.status, "Failed");
  assert.match(String(refusals[0]), /made by the zone rules 2026f, but this worker has 2099a: start all processes/);
});

Deno.test("a report that is taken up again is made by the rules of the process that takes it up", async () => {
  await using fixture = await openFixture();
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "queue" });
  assert.equal((await getReport(fixture.sql, reportId))?.tzdata, undefined);
  for (const tzdata of ["2025b", "2026f"]) {
    await takeUp(fixture.sql, reportId, tzdata);
    assert.equal((await getReport(fixture.sql, reportId))?.tzdata, tzdata);
  }
});

Deno.test("a zone that only the rules know is loaded and counted", async () => {
  await using fixture = await openFixture();
  const zoneRules = changedRules(RULES, "2099a", { "Test/Town": [instant("2023-01-26 06:00"), 0] });
  const { rejected } = await importText(fixture.sql, `${TIMEZONES}\nc,test/TOWN\n`, { zoneRules });
  for (const file of STORE) await importText(fixture.sql, file, { zoneRules });
  assert.deepEqual([rejected, await storedStores(fixture.sql)], [0, ["c Test/Town"]]);
  const { csv } = await fixture.report(REQUEST, {
    compute: chunkComputer(fixture.sql, 0, zoneRules),
    tzdata: zoneRules.version,
    version: "test",
  });
  // Open from 09:00 to 17:00 UTC.
  assert.equal(csv, "c,0.00,8.00,56.00,0.00,0.00,0.00\n");
});

Deno.test("a zone that the rules do not know is rejected in a file, and a stored one leaves its store without a row", async () => {
  await using fixture = await openFixture();
  for (const file of [...STORE, `${TIMEZONES}\nc,Asia/Tokyo\n`]) await importText(fixture.sql, file);
  const zoneRules: ZoneRules = {
    ...RULES,
    version: "2099a",
    zones: new Map([...RULES.zones].filter(([name]) => name !== "asia/tokyo")),
  };
  const { rejects } = await importText(fixture.sql, `${TIMEZONES}\nd,Asia/Tokyo\n`, { ...ANY_REJECTS, zoneRules });
  assert.deepEqual(rejects.map(({ value }) => value), ["Asia/Tokyo"]);
  const { csv, summary } = await fixture.report(REQUEST, {
    compute: chunkComputer(fixture.sql, 0, zoneRules),
    tzdata: "2099a",
    version: "test",
  });
  // The store of the rejected row exists, and counts in Chicago.
  assert.match(csv ?? "", /^d,[^\n]*\n$/);
  assert.deepEqual(summary?.errors, [{ storeId: "c", reason: '"Asia/Tokyo" is not an IANA time zone' }]);
});

Deno.test("a report whose windows end more than a year after the release of its rules warns of that", async () => {
  await using fixture = await openFixture();
  for (const file of STORE) await importText(fixture.sql, file);
  const made = async (tzdata: string, asOf: string) => {
    const compute = chunkComputer(fixture.sql, 0, { ...RULES, version: tzdata });
    const { report, csv } = await fixture.report({ asOf: instant(asOf) }, { compute, tzdata });
    assert.equal(csv?.split(",")[0], "c");
    return report.warnings;
  };
  assert.deepEqual(await made("2026f", "2027-10-28 00:00"), []);
  const [warning, ...others] = await made("2025b", "2026-11-25 00:00");
  assert.deepEqual(others, []);
  assert.equal(warning?.code, "old_zone_rules");
  assert.match(warning?.message ?? "", /^The windows end more than a year after the release of the zone rules 2025b/);
});
