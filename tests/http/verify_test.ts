import assert from "node:assert/strict";
import { changeStore } from "../../src/actions/change_store.ts";
import type { ComputeChunk } from "../../src/report/chunk.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { putPolls } from "../support/fleet.ts";
import { jsonOf, openService, statusOf, type TestService, trigger } from "../support/http_service.ts";
import { RULES } from "../support/rules.ts";

async function verify({ app }: TestService, reportId: string): Promise<Record<string, unknown>> {
  const answer = await app.request(`/reports/${reportId}/verify`, { method: "POST" });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  return await jsonOf(answer);
}

const NOTHING = { polls: false, calendars: false, tzdata: false, version: false, tags: false };

Deno.test("a report says what it depends on, and a verification what changed since", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const reportId = await service.report("?windows=last_hour,last_day&as_of=2023-01-25T09:00:00Z");
  const { depends_on, tzdata } = await jsonOf(await app.request(`/reports/${reportId}`));
  assert.deepEqual(Object.keys(Object(depends_on)), ["version", "tzdata", "polls", "calendars", "tags"]);
  assert.deepEqual([Object(depends_on).version, Object(depends_on).tzdata, Object(depends_on).polls.count], [
    "test",
    tzdata,
    5,
  ]);
  assert.equal(Object(await jsonOf(await app.request(`/reports/${await trigger(app)}`))).depends_on, null);
  const page = await app.request(`/reports/${reportId}`, { headers: { accept: "text/html" } });
  assert.match(
    await page.text(),
    new RegExp(`from 5 polls .*${Object(depends_on).polls.fingerprint}.*deno task verify ${reportId}`, "s"),
  );
  assert.deepEqual(await verify(service, reportId), {
    same: true,
    rows_differ: 0,
    differences: [],
    because: NOTHING,
    stores_differ: 0,
    stores: [],
  });
  await putPolls(sql, "1000000000000000001", ["08:15 inactive"]);
  const found = await verify(service, reportId);
  assert.deepEqual([found.same, found.rows_differ, found.because], [false, 2, { ...NOTHING, polls: true }]);
  const [first] = Array.isArray(found.differences) ? found.differences : [];
  const difference = { store_id: "1000000000000000001", window: "last_hour", measure: "up" };
  assert.deepEqual(first, { ...difference, then: 1_800_000_000, now: 900_000_000 });
  const late = { count: 1, first: "2023-01-25T08:15:00Z", last: "2023-01-25T08:15:00Z" };
  assert.deepEqual(found.stores, [{
    store_id: "1000000000000000001",
    because: ["polls"],
    polls: { used_then: 3, used_now: 4, late },
    changes: [],
  }]);
});

Deno.test("what changed is in the answer: dates as instants, tags as an object, changes as the audit has them", async () => {
  await using service = await openService();
  const { sql } = service;
  const reportId = await service.report("?windows=2023-01-24&as_of=2023-01-25T09:00:00Z");
  const storeId = "1000000000000000001";
  const change = { timezone: "Asia/Tokyo", tags: { region: "West" }, name: "Corner" };
  await changeStore({ sql, actor: "command", zoneRules: RULES }, storeId, change);
  const found = await verify(service, reportId);
  assert.deepEqual(found.because, { ...NOTHING, calendars: true, tags: true });
  const values = Object.fromEntries(
    [found.differences].flat().map((each) => [Object(each).measure, [Object(each).then, Object(each).now]]),
  );
  assert.deepEqual(values, {
    from: ["2023-01-24T00:00:00Z", "2023-01-23T15:00:00Z"],
    to: ["2023-01-25T00:00:00Z", "2023-01-24T15:00:00Z"],
    timezone: ["UTC", "Asia/Tokyo"],
    name: [null, "Corner"],
    tags: [null, { region: "West" }],
  });
  const [store] = [found.stores].flat();
  assert.deepEqual(Object(store).changes.map(({ at: _, ...change }: { at: string }) => change), [
    { actor: "command", action: "store.change", subject: null },
  ]);
});

Deno.test("a report that is not complete, has no result, no record or no files is not verified, and says why", async () => {
  await using service = await openService();
  const { app, sql, reportsFolder } = service;
  const problem = async (reportId: string) => {
    const answer = await app.request(`/reports/${reportId}/verify`, { method: "POST" });
    return [answer.status, (await jsonOf(answer)).type];
  };
  assert.deepEqual(await problem(crypto.randomUUID()), [404, "/problems/unknown-report"]);
  assert.deepEqual(await problem(await trigger(app)), [409, "/problems/report-not-complete"]);
  const reportId = await service.report();
  await sql`update reports set depends_on = null where report_id = ${reportId}`;
  assert.deepEqual(await problem(reportId), [409, "/problems/report-without-record"]);
  const paths = reportPaths(reportsFolder, reportId);
  await Deno.remove(paths.result);
  assert.deepEqual(await problem(reportId), [409, "/problems/report-without-rows"]);
  await Deno.remove(paths.csv);
  assert.deepEqual(await problem(reportId), [410, "/problems/report-file-gone"]);
});

Deno.test("more verifications at a time than allowed get 429, and one whose client leaves gives its place back", async () => {
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const real: { compute?: ComputeChunk } = {};
  const compute: ComputeChunk = async (chunk) => {
    begun.resolve();
    await goOn.promise;
    return await (real.compute ?? assert.fail())(chunk);
  };
  const computing = { compute, concurrency: 1, chunkSize: undefined };
  await using service = await openService({ verifications: 1 }, { computing });
  real.compute = chunkComputer(service.sql, 0, RULES);
  const path = `/reports/${await service.report()}/verify`;
  const client = new AbortController();
  const first = service.app.request(path, { method: "POST", signal: client.signal });
  await begun.promise;
  const second = await service.app.request(path, { method: "POST" });
  assert.deepEqual([second.status, second.headers.get("retry-after")], [429, "10"]);
  assert.equal((await jsonOf(second)).type, "/problems/too-many-verifications");
  client.abort();
  goOn.resolve();
  assert.notEqual(await statusOf(first), 200);
  assert.equal(await statusOf(service.app.request(path, { method: "POST" })), 200);
});
