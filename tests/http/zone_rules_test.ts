import assert from "node:assert/strict";
import { instant } from "../support/build.ts";
import { putStores } from "../support/fleet.ts";
import { jsonOf, openService } from "../support/http_service.ts";
import { changedRules, RULES } from "../support/rules.ts";

const OWN = changedRules(RULES, "2099a", { "America/Chicago": [instant("2023-01-26 06:00"), -3] });
const HTML = { headers: { accept: "text/html" } };
const AS_OF = "as_of=2023-01-27T00:00:00Z";

Deno.test("rules in which a zone changes its offset", async (t) => {
  await using service = await openService({}, { zoneRules: OWN });
  const { app, sql } = service;
  await putStores(sql, [{
    id: "c",
    zone: "America/Chicago",
    hours: [[3, "09:00", "17:00"]],
    polls: ["2023-01-26 19:00 inactive"],
  }]);
  const reportId = await service.report(`?${AS_OF}`);

  await t.step("are named where the service says that it is ready, and in each report", async () => {
    assert.deepEqual(await jsonOf(await app.request("/readyz")), { status: "ok", version: "test", tzdata: "2099a" });
    assert.equal((await jsonOf(await app.request(`/reports/${reportId}`))).tzdata, "2099a");
    const { reports } = await jsonOf(await app.request("/reports"));
    assert.ok(Array.isArray(reports));
    assert.deepEqual(reports.map(({ tzdata }) => tzdata), ["2099a"]);
  });

  await t.step("count in a timeline", async () => {
    const { openings } = await jsonOf(await app.request(`/stores/c/timeline?${AS_OF}`));
    assert.deepEqual(openings, [{ start: "2023-01-26T12:00:00Z", end: "2023-01-26T20:00:00Z" }]);
  });

  await t.step("count on a store's page: its clock, its change of clocks, its days", async () => {
    const page = await (await app.request(`/stores/c?${AS_OF}`, HTML)).text();
    assert.match(page, /zone rules 2099a/);
    assert.match(page, /title="2023-01-27 00:00:00 UTC">Thu 26 Jan 2023, 21:00</);
    assert.match(page, /Down from Thu 26 Jan, 16:00:00 to Thu 26 Jan, 17:00:00/);
    assert.match(page, /clocks go forward 3/);
    assert.match(page, /This day has 21 hours/);
  });

  await t.step("are named on the pages of a report and of the data", async () => {
    const report = await (await app.request(`/reports/${reportId}`, HTML)).text();
    assert.match(report, /<dt>Time zone rules<\/dt><dd>2099a<\/dd>/);
    assert.match(await (await app.request("/data", HTML)).text(), /zone rules 2099a/);
  });

  await t.step("say which stores were open at as-of", async () => {
    const later = await service.report("?as_of=2023-01-26T21:00:00Z");
    const page = await (await app.request(`/reports/${later}?open=1`, HTML)).text();
    assert.doesNotMatch(page, />c<\/a>/);
    const before = await service.report("?as_of=2023-01-26T19:30:00Z");
    assert.match(await (await app.request(`/reports/${before}?open=1`, HTML)).text(), />c<\/a>/);
  });
});

Deno.test("a change of clocks at midnight belongs to the day that it shortens", async () => {
  await using service = await openService();
  await putStores(service.sql, [{ id: "h", zone: "America/Havana", polls: ["2023-03-12 12:00 active"] }]);
  const page = await (await service.app.request("/stores/h?as_of=2023-03-13T12:00:00Z", HTML)).text();
  assert.match(page, /Sun 12 Mar[\s\S]{0,80}This day has 23 hours[\s\S]{0,40}clocks go forward 1/);
});
