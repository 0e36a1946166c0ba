import assert from "node:assert/strict";
import { HOURS, TIMEZONES } from "../support/csv_file.ts";
import { FLEET, jsonOf, openService, statusOf, type TestService } from "../support/http_service.ts";

const [FIRST, SECOND] = FLEET.map(({ id }) => id);

function load({ app }: TestService, csv: string): Promise<Response> {
  return Promise.resolve(
    app.request("/imports", { method: "POST", body: csv, headers: { "content-type": "text/csv" } }),
  );
}

Deno.test("warnings over HTTP", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const bad = `${HOURS}\n${FIRST},8,09:00,17:00\n${SECOND},0,09:00,17:00\n`;
  const loaded = await jsonOf(await load(service, bad));
  const hours = {
    code: "hours_rejected",
    message: "1 store has rejected rows of business hours: it keeps the hours that it had, or counts as always open",
    stores_total: 1,
    stores: [FIRST],
  };

  await t.step("an import has those that it made, and the number of new stores", () => {
    assert(Array.isArray(loaded.warnings));
    assert.deepEqual(loaded.warnings[0], hours);
    assert.deepEqual(loaded.warnings.slice(1).map(({ code }) => code), ["without_hours", "without_zone"]);
    assert.deepEqual([loaded.status, loaded.stores_new, loaded.stores_new_first], ["loaded", 0, []]);
  });

  await t.step("a report has those of its snapshot", async () => {
    const reportId = await service.report();
    assert.deepEqual((await jsonOf(await app.request(`/reports/${reportId}`))).warnings, [hours]);
  });

  await t.step("a store has its own", async () => {
    const { warnings } = await jsonOf(await app.request(`/stores/${FIRST}`));
    assert(Array.isArray(warnings));
    const [{ since, ...warning }, ...more] = warnings;
    assert.match(since, /^20\d\d-.*Z$/);
    assert.deepEqual([warning, more], [{
      code: "hours_rejected",
      message:
        "This store has rejected rows of business hours: it keeps the hours that it had, or counts as always open",
      import_id: loaded.import_id,
    }, []]);
    assert.deepEqual((await jsonOf(await app.request(`/stores/${SECOND}`))).warnings, []);
  });

  await t.step("a file that fails is a problem that names its record", async () => {
    const answer = await load(service, `${TIMEZONES}\n${FIRST},nowhere\nnew,nowhere\n`);
    const problem = await jsonOf(answer);
    assert.equal(answer.status, 422);
    assert.deepEqual([problem.rows, problem.rejected, problem.reason], [2, 2, problem.detail]);
    const rejects = await (await app.request(String(problem.rejects_url))).text();
    assert.match(rejects, /^file,line,column,value,reason\nupload,2,timezone_str,nowhere,.*\nupload,3,/);
    assert.equal(await statusOf(app.request("/stores/new")), 404, "it changed nothing");
  });

  await t.step("a store is removed, and reports that exist stay", async () => {
    const reportId = await service.report();
    assert.equal(await statusOf(app.request(`/stores/${FIRST}`, { method: "DELETE" })), 204);
    assert.equal(await statusOf(app.request(`/stores/${FIRST}`)), 404);
    assert.equal(await statusOf(app.request(`/stores/${FIRST}`, { method: "DELETE" })), 404);
    assert.equal(await statusOf(app.request("/stores/%00", { method: "DELETE" })), 404);
    const csv = await (await app.request(`/reports/${reportId}/report.csv`)).text();
    assert.match(csv, new RegExp(`^${FIRST},`, "m"));
    assert.deepEqual((await sql`select from stores`).length, FLEET.length - 1);
  });
});
