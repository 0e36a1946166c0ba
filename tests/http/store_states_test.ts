import assert from "node:assert/strict";
import { StorePage } from "../../src/http/stores/store_schemas.ts";
import { putPolls, putStores } from "../support/fleet.ts";
import { jsonOf, openService } from "../support/http_service.ts";

Deno.test("stores by state", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await sql`delete from stores`;
  await putStores(sql, [
    { id: "down 1", zone: "UTC", polls: ["07:00 active", "08:00 inactive", "09:00 inactive"] },
    { id: "down 2", zone: "UTC", hours: [[2, "08:30", "17:00"]], polls: ["08:00 inactive"] },
    { id: "up", zone: "UTC", polls: ["08:00 inactive", "08:15 active", "08:59 active"] },
    { id: "silent", polls: ["2023-01-23 08:00 inactive"] },
    { id: "never" },
    { id: "closed", zone: "UTC", hours: [[2, "10:00", "12:00"]], polls: ["09:00 inactive"] },
  ]);
  const page = async (query: string) => StorePage.parse(await jsonOf(await app.request(`/stores${query}`)));
  const ids = async (query: string) => (await page(query)).stores.map(({ store_id }) => store_id);

  await t.step("are found in each of them, and all have one", async () => {
    assert.deepEqual(await ids("?state=down"), ["down 1", "down 2"]);
    assert.deepEqual(await ids("?state=up"), ["up"]);
    assert.deepEqual(await ids("?state=silent"), ["never", "silent"]);
    assert.deepEqual(await ids("?state=closed"), ["closed"]);
    const all = await page("");
    assert.equal(all.as_of, "2023-01-25T09:00:00Z");
    assert.deepEqual(all.states, { up: 1, down: 2, silent: 2, closed: 1 });
    assert.deepEqual(all.stores.map(({ state }) => state), ["closed", "down", "down", "silent", "silent", "up"]);
  });

  await t.step(
    "say since when, and how much of today's business hours they were down",
    async () => {
      const minute = 60_000_000;
      const [first, second] = (await page("?state=down")).stores;
      assert.deepEqual([first?.since, first?.down_us_today], ["2023-01-25T08:00:00Z", 60 * minute]);
      assert.deepEqual([second?.since, second?.down_us_today], ["2023-01-25T08:00:00Z", 30 * minute]);
      assert.deepEqual(first?.latest_poll, { status: "inactive", timestamp_utc: "2023-01-25T09:00:00Z" });
      const up = (await page("?state=up")).stores[0];
      assert.deepEqual([up?.since, up?.down_us_today], ["2023-01-25T08:15:00Z", 15 * minute]);
      const [never, silent] = (await page("?state=silent")).stores;
      assert.deepEqual([never?.since, never?.latest_poll], [null, null]);
      assert.equal(silent?.since, "2023-01-23T08:00:00Z");
    },
  );

  await t.step(
    "are read page by page, while their states change, and searched",
    async () => {
      const first = await page("?state=down&limit=1");
      await putPolls(sql, "down 1", ["09:05 active"]);
      const second = await page(`?state=down&limit=1&cursor=${first.next_cursor}`);
      assert.deepEqual(second.stores.map(({ store_id }) => store_id), ["down 2"]);
      assert.deepEqual(await ids("?state=down&q=DOWN"), ["down 2"]);
      assert.deepEqual(await ids("?state=up&q=down"), ["down 1"]);
    },
  );

  await t.step("follow hours that change", async () => {
    await sql`update stores set hours = '' where store_id = 'down 2'`;
    assert.deepEqual(await ids("?state=down"), []);
    assert.equal((await jsonOf(await app.request("/stores/down%202"))).state, "closed");
  });

  await t.step("have none while there are no polls", async () => {
    await sql`truncate poll_days, latest_polls`;
    const all = await page("");
    assert.deepEqual([all.as_of, all.stores[0]?.state, all.stores[0]?.since], [null, null, null]);
    assert.deepEqual(await ids("?state=down"), []);
  });
});
