/** Changes of calendars by several at once, and changes that name the state they read. */
import assert from "node:assert/strict";
import { change, remove, show } from "../support/calendar_requests.ts";
import { storedDetails, storedExclusions, storedSpecialHours, storedVersions } from "../support/calendar_rows.ts";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";

const ID = "1000000000000000001";
const STORE = `/stores/${ID}`;
const DATE = `${STORE}/special-hours/2023-01-25`;
const OUTAGE = { from: "2023-01-25T08:30Z", to: "2023-01-25T09:00Z", kind: "platform", reason: "Incident" };

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
