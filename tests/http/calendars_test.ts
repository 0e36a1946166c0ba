import assert from "node:assert/strict";
import fc from "fast-check";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { change, remove, show } from "../support/calendar_requests.ts";
import { storedExclusions, storedSpecialHours, storedVersions } from "../support/calendar_rows.ts";
import { openService, type TestService } from "../support/http_service.ts";

const ID = "1000000000000000001";
const STORE = `/stores/${ID}`;
const DATE = `${STORE}/special-hours/2023-01-25`;
const OUTAGE = { from: "2023-01-25T08:30Z", to: "2023-01-25T09:00Z", kind: "platform", reason: "Incident" };

/** The bytes of a new report. */
async function report(service: TestService): Promise<string> {
  const id = await service.report("?as_of=2023-01-25T10:00:00Z&precision=4");
  return await Deno.readTextFile(reportPaths(service.reportsFolder, id).csv);
}

/** The row of the store that changes. */
function rowOf(csv: string): string {
  return csv.split("\n").find((line) => line.startsWith(ID)) ?? "";
}

Deno.test("reports follow each change of a calendar, and those that exist stay", async () => {
  await using service = await openService();
  const { app, reportsFolder } = service;
  const firstId = await service.report("?as_of=2023-01-25T10:00:00Z&precision=4");
  const path = reportPaths(reportsFolder, firstId).csv;
  const first = await Deno.readTextFile(path);
  assert.equal(rowOf(first), `${ID},60.0000,23.5000,167.5000,0.0000,0.5000,0.5000`);

  assert.equal((await change(app, `PUT ${DATE}`, { openings: [], reason: "Christmas" })).status, 201);
  assert.equal(rowOf(await report(service)), `${ID},0.0000,14.0000,158.0000,0.0000,0.0000,0.0000`);
  assert.equal(await remove(app, DATE), 204);
  assert.equal(await report(service), first);

  const { json: { exclusion_id } } = await change(app, "POST /exclusions", { ...OUTAGE, stores: [ID] });
  assert.equal(rowOf(await report(service)), `${ID},60.0000,23.5000,167.5000,0.0000,0.0000,0.0000`);
  await change(app, `PATCH /exclusions/${exclusion_id}`, { to: "2023-01-25T08:45Z" });
  assert.equal(rowOf(await report(service)), `${ID},60.0000,23.5000,167.5000,0.0000,0.2500,0.2500`);
  assert.equal(await remove(app, `/exclusions/${exclusion_id}`), 204);
  assert.equal(await report(service), first);

  const hours = [{ day: 2, start_time_local: "08:00", end_time_local: "09:00" }];
  await change(app, `PUT ${STORE}/hours`, { hours });
  assert.equal(rowOf(await report(service)), `${ID},0.0000,0.5000,0.5000,0.0000,0.5000,0.5000`);
  await change(app, `PUT ${STORE}/hours`, { hours: [] });
  assert.equal(await report(service), first);
  assert.equal(await Deno.readTextFile(path), first);
});

Deno.test("live states follow a change at once", async () => {
  await using service = await openService();
  const { app } = service;
  const state = async () => (await show(app, STORE)).json.state;
  assert.equal(await state(), "up");
  await change(app, `PUT ${DATE}`, { openings: [] });
  assert.equal(await state(), "closed");
  await remove(app, DATE);
  assert.equal(await state(), "up");
  const { json: { exclusion_id } } = await change(app, "POST /exclusions", {
    ...OUTAGE,
    to: "2023-01-26T00:00Z",
    stores: ["*"],
  });
  assert.equal(await state(), "closed");
  await remove(app, `/exclusions/${exclusion_id}`);
  assert.equal(await state(), "up");
});

Deno.test("a change that is repeated with its answer changes nothing", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const body = {
    openings: [{ start_time_local: "22:00", end_time_local: "02:30" }, {
      start_time_local: "24:30:00.5",
      end_time_local: "26:00",
    }],
    reason: "  New Year ",
  };
  const first = await change(app, `PUT ${DATE}`, body);
  assert.deepEqual(first.json, {
    store_id: ID,
    date: "2023-01-25",
    openings: [
      { start_time_local: "22:00:00", end_time_local: "02:30:00" },
      { start_time_local: "24:30:00.5", end_time_local: "26:00:00" },
    ],
    reason: "New Year",
  });
  const { openings, reason } = first.json;
  const again = await change(app, `PUT ${DATE}`, { openings, reason });
  assert.deepEqual([again.status, again.etag, again.json], [200, first.etag, first.json]);
  assert.deepEqual((await show(app, DATE)).etag, first.etag);
  const hours = [{ day: 0, start_time_local: "09:00", end_time_local: "24:00" }];
  const put = await change(app, `PUT ${STORE}/hours?valid_from=2023-01-01`, { hours });
  assert.deepEqual(put.json, {
    store_id: ID,
    versions: [{
      valid_from: "2023-01-01",
      hours: [{ day: 0, start_time_local: "09:00:00", end_time_local: "24:00:00" }],
    }],
  });
  const later = await change(app, `PUT ${STORE}/hours?valid_from=2023-02-01`, { hours: [] });
  assert.deepEqual((await show(app, `${STORE}/hours?valid_from=2023-01-01`)).json, put.json);
  assert.deepEqual(await show(app, `${STORE}/hours`), later);
  assert.equal((await sql`select from audit`).length, 3);
});

Deno.test("hostile bodies are refused, and change nothing", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const raw = async (request: string, body: string) => {
    const [method = "", path = ""] = request.split(" ");
    const answer = await app.request(path, { method, body, headers: { "content-type": "application/json" } });
    const text = await answer.text();
    assert.ok(text.length < 10_000, `${request}: ${text.length} characters`);
    return answer.status;
  };
  const ids = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => `id ${index}`));
  const exclusion = (stores: string) => `{"stores":${stores},${JSON.stringify(OUTAGE).slice(1)}`;
  const cases: [status: number, request: string, body: string][] = [
    [422, "POST /exclusions", exclusion(ids(10_000))],
    [422, "POST /exclusions", exclusion(ids(10_001))],
    [422, "POST /exclusions", exclusion(`[${"1,".repeat(400_000)}1]`)],
    [422, "POST /exclusions", exclusion('["a\\u0000b"]')],
    [422, "POST /exclusions", exclusion('["\\ud800"]')],
    [422, "POST /exclusions", exclusion(deep(100_000))],
    [422, "POST /exclusions", `{"x":${deep(100_000)}}`],
    [422, "POST /exclusions", exclusion("[]")],
    [413, "POST /exclusions", exclusion(JSON.stringify(["x".repeat(1_100_000)]))],
    [422, "POST /exclusions", JSON.stringify({ ...OUTAGE, where: { region: Array.from({ length: 51 }, String) } })],
    [422, "POST /exclusions", JSON.stringify({ ...OUTAGE, where: { __proto__: ["x"], Region: ["x"] } })],
    [422, "POST /exclusions", JSON.stringify({ ...OUTAGE, where: { region: ["\0"] } })],
    [422, "POST /exclusions", JSON.stringify({ ...OUTAGE, stores: [ID], reason: "x".repeat(501) })],
    [422, "POST /exclusions", JSON.stringify({ ...OUTAGE, stores: [ID], from: "9999-01-01T00:00Z" })],
    [200, `PATCH ${STORE}`, '{"tags":{"__proto__":"x"}}'],
    [422, `PATCH ${STORE}`, '{"name":"a\\u0000b"}'],
    [422, `PATCH ${STORE}`, '{"sales_per_hour":1e999}'],
    [
      422,
      `PATCH ${STORE}`,
      JSON.stringify({ tags: Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`t${i}`, i])) }),
    ],
    [422, `PUT ${STORE}/hours`, `{"hours":[${"{},".repeat(300_000)}{}]}`],
    [
      422,
      `PUT ${STORE}/hours`,
      `{"hours":[${'{"day":1,"start_time_local":"09:00","end_time_local":"10:00"},'.repeat(200)}{}]}`,
    ],
    [422, `PUT ${DATE}`, '{"openings":[{"start_time_local":"09:00","end_time_local":"48:00"}]}'],
    [422, `PUT ${DATE}`, '{"openings":[{"start_time_local":"9","end_time_local":"10"}]}'],
    [422, `PUT ${DATE}`, "null"],
    [404, "PUT /stores/%00/special-hours/2023-01-25", '{"openings":[]}'],
    [404, `PATCH /stores/${"x".repeat(9_000)}`, "{}"],
  ];
  for (const [status, request, body] of cases) {
    assert.equal(await raw(request, body), status, `${request} ${body.slice(0, 80)}`);
  }
  assert.equal((await sql`select from audit`).length, 0);
  assert.deepEqual(
    [await storedExclusions(sql), await storedVersions(sql), await storedSpecialHours(sql)].map((rows) => rows.length),
    [0, 1, 0],
  );
});

Deno.test("stores are filtered by tags as a filter in memory does", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const value = fc.constantFrom("West", "East", "a:b", "Paris, Texas", "x,brand:Wraps".slice(0, 1));
  const tagsOf = fc.dictionary(fc.constantFrom("region", "brand", "city"), value, { maxKeys: 3 });
  const all = fc.sample(tagsOf, { numRuns: 30, seed: 5 }).map((tags, index) => ({
    id: `t${String(index).padStart(2, "0")}`,
    tags,
  }));
  for (const { id, tags } of all) {
    await sql`insert into stores (store_id, tags) values (${id}, ${JSON.stringify(tags)}::text::jsonb)`;
  }
  const condition = fc.tuple(fc.constantFrom("region", "brand", "city"), value);
  await fc.assert(
    fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 4 }), fc.boolean(), async (conditions, isOne) => {
      const texts = conditions.map(([key, text]) => `${key}:${text}`);
      const query = isOne ? [texts.join(",")] : texts;
      const answer = await show(
        app,
        `/stores?limit=100&${query.map((text) => `where=${encodeURIComponent(text)}`).join("&")}`,
      );
      const wanted = Map.groupBy(conditions, ([key]) => key);
      const expected = all.filter(({ tags }) =>
        [...wanted].every(([key, values]) => values.some(([, text]) => tags[key] === text))
      );
      const found = answer.json.stores;
      assert.ok(Array.isArray(found));
      assert.deepEqual(
        found.map(({ store_id, tags }) => ({ id: store_id, tags })),
        expected.map(({ id, tags }) => ({ id, tags: { ...tags } })),
      );
    }),
    { numRuns: 60 },
  );
});
