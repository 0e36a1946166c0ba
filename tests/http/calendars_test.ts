import assert from "node:assert/strict";
import fc from "fast-check";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { change, remove, show } from "../support/calendar_requests.ts";
import { storedDetails, storedExclusions, storedSpecialHours, storedVersions } from "../support/calendar_rows.ts";
import { putStores } from "../support/fleet.ts";
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

Deno.test("of changes that name the same state, one alone is made", async () => {
  await using service = await openService();
  const { app, sql } = service;
  await change(app, `PUT ${DATE}`, { openings: [] });
  const { json } = await change(app, "POST /exclusions", { ...OUTAGE, stores: [ID] });
  const exclusion = `/exclusions/${json.exclusion_id}`;
  const targets: [path: string, method: string, body: (round: number) => unknown][] = [
    [STORE, "PATCH", (round) => ({ name: `name ${round}` })],
    [`${STORE}/hours`, "PUT", (round) => ({
      hours: [{ day: round, start_time_local: "09:00", end_time_local: "17:00" }],
    })],
    [DATE, "PUT", (round) => ({ openings: [], reason: `reason ${round}` })],
    [exclusion, "PATCH", (round) => ({ reason: `reason ${round}` })],
    [exclusion, "PATCH", (round) => ({ stores: [["1000000000000000002"], [ID]][round % 2] })],
  ];
  for (const [path, method, body] of targets) {
    const { etag } = await show(app, path);
    const writers = [0, 1, 2, 3, 4].map((round) => change(app, `${method} ${path}`, body(round), { "if-match": etag }));
    const answers = await Promise.all(writers);
    // A change to what is there already keeps the tag, so that the next one is made, too.
    const made = answers.filter(({ status }) => status === 200);
    assert.equal(new Set(made.map((answer) => answer.etag)).size <= 2, true, path);
    assert.equal(made.filter((answer) => answer.etag !== etag).length, 1, path);
    assert.equal(made.length + answers.filter(({ status }) => status === 412).length, 5, path);
    assert.equal((await change(app, `${method} ${path}`, body(0), { "if-match": "*" })).status, 200);
  }
  const before = [await storedDetails(sql), await storedExclusions(sql)];
  assert.equal(await remove(app, exclusion, { "if-match": '"other"' }), 412);
  assert.equal(await remove(app, DATE, { "if-match": '"other"' }), 412);
  assert.deepEqual([await storedDetails(sql), await storedExclusions(sql)], before);
  const gzipped = (await show(app, exclusion)).etag.replace(/"$/, '-gzip"');
  assert.equal(await remove(app, exclusion, { "if-match": gzipped }), 204);
});

Deno.test("special hours are made only if there are none, if the request says so", async () => {
  await using service = await openService();
  const { app } = service;
  const put = async (headers: Record<string, string>) =>
    (await change(app, `PUT ${DATE}`, { openings: [] }, headers)).status;
  assert.equal(await put({ "if-match": "*" }), 412);
  assert.deepEqual((await Promise.all([1, 2, 3].map(() => put({ "if-none-match": "*" })))).sort(), [201, 412, 412]);
  assert.equal(await put({ "if-match": "*" }), 200);
});

Deno.test("writers that name the state they read lose no change", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const write = async (writer: number) => {
    for (let done = 0; done < 4;) {
      const { etag, json } = await show(app, STORE);
      const name = `${json.name ?? ""}${writer}`;
      const { status } = await change(app, `PATCH ${STORE}`, { name }, { "if-match": etag });
      assert.ok(status === 200 || status === 412, `${status}`);
      if (status === 200) done++;
    }
  };
  await Promise.all([1, 2, 3].map(write));
  const [row] = await sql<{ name: string }[]>`select name from stores where store_id = ${ID}`;
  assert.equal([...row?.name ?? ""].sort().join(""), "111122223333");
});

Deno.test("files, changes of all kinds and live polls at once end well, and calendars stay as they were packed", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const ids = Array.from({ length: 12 }, (_, index) => `s${index}`);
  await putStores(sql, ids.map((id) => ({ id })));
  const some = (round: number) => ids.filter((_, index) => (index * 7 + round) % 3 === 0).reverse();
  const file = (round: number) =>
    [
      "store_id,date,start_time_local,end_time_local",
      ...some(round).map((id) => `${id},2023-02-0${1 + round % 9},,`),
      "",
    ]
      .join("\n");
  const exclusions = (round: number) =>
    [
      "store_id,from,to,kind,reason",
      ...some(round).map((id) => `${id},2023-02-01 0${round % 9}:00,2023-02-02 09:00,pause,x`),
      "",
    ]
      .join("\n");
  const load = async (text: string) =>
    (await app.request("/imports", { method: "POST", body: text, headers: { "content-type": "text/csv" } })).status;
  const rounds = Array.from({ length: 8 }, (_, round) => round);
  const statuses = await Promise.all(rounds.flatMap((round) => [
    ...round < 2 ? [load(file(round)), load(exclusions(round))] : [],
    change(app, "POST /exclusions", { ...OUTAGE, stores: some(round) }).then(async ({ status, json }) =>
      status !== 201
        ? status
        : (await change(app, `PATCH /exclusions/${json.exclusion_id}`, { stores: some(round + 1) })).status
    ),
    change(app, `PUT /stores/${ids[round]}/special-hours/2023-02-01`, { openings: [] }).then(({ status }) => status),
    change(app, `PUT /stores/${ids[11 - round]}/hours?valid_from=2023-01-0${1 + round}`, { hours: [] }).then((
      { status },
    ) => status),
    change(app, `PATCH /stores/${ids[round]}`, { name: "x", timezone: "Asia/Tokyo" }).then(({ status }) => status),
    change(
      app,
      "POST /polls",
      some(round).map((store_id) => ({ store_id, status: "active", timestamp_utc: 1_674_640_000 })),
    )
      .then(({ status }) => status),
  ]));
  assert.deepEqual(statuses.filter((status) => status !== 200 && status !== 201), []);
  const wrong = await sql`
    select key from calendars_to_pack left join stores on store_key = key
    where key <> 0 and (stores.hours, stores.special_hours, stores.exclusions)
      is distinct from (calendars_to_pack.hours, calendars_to_pack.special_hours, calendars_to_pack.exclusions)`;
  assert.equal(wrong.length, 0);
  assert.ok((await storedVersions(sql)).length >= 8 && (await storedSpecialHours(sql)).length >= 8);
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
