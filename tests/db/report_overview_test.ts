import assert from "node:assert/strict";
import { completedBefore, latestCompleted, listUnfinished } from "../../src/db/reports/overview.ts";
import { insertReport } from "../../src/db/reports/reports.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import { instant } from "../support/build.ts";
import { putStores } from "../support/fleet.ts";
import { openFixture, STEP } from "../support/reports.ts";

Deno.test("the overview of reports", async (t) => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, [{ id: "1", polls: ["2023-01-20 09:00 active", "09:00 inactive"] }]);

  await t.step("without a report has none", async () => {
    assert.equal(await latestCompleted(sql), undefined);
    assert.deepEqual(await listUnfinished(sql, 3), { reports: [], count: 0 });
  });

  await t.step("compares with the same method and the latest as-of before, not with a report made again", async () => {
    const [first] = [await fixture.report({ asOf: instant("08:00") }), await fixture.report({ method: "clock" })];
    await fixture.report();
    const { report } = await fixture.report();
    assert.equal((await latestCompleted(sql))?.reportId, report.reportId);
    assert.equal((await completedBefore(sql, report))?.reportId, first.report.reportId);
    assert.equal(await completedBefore(sql, first.report), undefined);
    const patient = await fixture.report({ staleAfter: 3 * HOUR });
    assert.equal(await completedBefore(sql, patient.report), undefined, "another stale_after observes other time");
  });

  await t.step("shows the latest as-of first, not the latest request", async () => {
    const shown = await latestCompleted(sql);
    await fixture.report({ asOf: instant("08:30") });
    assert.equal((await latestCompleted(sql))?.reportId, shown?.reportId);
  });

  await t.step("keeps to its method when another one is tried, also with a later as-of", async () => {
    const shown = await latestCompleted(sql);
    await fixture.report({ method: "nearest" });
    await fixture.report({ method: "clock", asOf: instant("09:30") });
    assert.equal((await latestCompleted(sql))?.reportId, shown?.reportId);
  });

  await t.step("shows another method once it is the only one of the latest day", async () => {
    const later = await fixture.report({ method: "clock", asOf: instant("2023-01-26 09:00") });
    const tried = await fixture.report({ method: "nearest", asOf: instant("2023-01-26 09:00") });
    const again = await fixture.report({ method: "clock", asOf: instant("2023-01-26 09:00") });
    assert.notEqual(tried.report.reportId, later.report.reportId);
    assert.equal((await latestCompleted(sql))?.reportId, again.report.reportId);
  });

  await t.step("shows the method that is proposed to people before any other of the same day", async () => {
    const proposed = await fixture.report({ method: "observed", asOf: instant("2023-01-26 09:00") });
    await fixture.report({ asOf: instant("2023-01-26 09:00") });
    assert.equal((await latestCompleted(sql))?.reportId, proposed.report.reportId);
  });

  await t.step("names the first of those that are not finished, and how many there are", async () => {
    const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
    for (const id of ids) await insertReport(sql, { reportId: id, request: STEP, madeBy: "queue" });
    const { reports, count } = await listUnfinished(sql, 2);
    assert.deepEqual(reports.map(({ reportId }) => reportId), ids.slice(0, 2));
    assert.equal(count, 3);
  });
});
