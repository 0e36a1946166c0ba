import assert from "node:assert/strict";
import { StoreJson, StorePage } from "../../src/http/stores/store_schemas.ts";
import { DATED_HOURS } from "../support/calendar_rows.ts";
import { importText } from "../support/csv_file.ts";
import { putStores } from "../support/fleet.ts";
import { FLEET, jsonOf, openService, statusOf } from "../support/http_service.ts";

Deno.test("stores", async (t) => {
  await using service = await openService();
  const { app } = service;
  const page = async (query: string) => StorePage.parse(await jsonOf(await app.request(`/stores${query}`)));
  const ids = FLEET.map(({ id }) => id);

  await t.step("are listed in the order of their ids, with the zone that counts", async () => {
    const { stores, next_cursor } = await page("");
    assert.deepEqual(stores.map(({ store_id }) => store_id), ids);
    assert.deepEqual(stores.map(({ timezone }) => timezone), ["UTC", "America/Chicago", "Asia/Kathmandu"]);
    assert.equal(next_cursor, null);
  });

  await t.step("are read page by page", async () => {
    const first = await page("?limit=2");
    const second = await page(`?limit=2&cursor=${first.next_cursor}`);
    assert.deepEqual([...first.stores, ...second.stores].map(({ store_id }) => store_id), ids);
    assert.equal(second.next_cursor, null);
  });

  await t.step("are found by a part of their id, in which no character is special", async () => {
    assert.equal((await page("?q=00000000")).stores.length, 2);
    assert.equal((await page(`?q=${encodeURIComponent('"9"')}`)).stores.length, 1);
    for (const q of ["%25", "_", "'"]) assert.equal((await page(`?q=${q}`)).stores.length, 0, q);
  });

  await t.step("are found in any letter case, beyond ASCII too", async () => {
    await putStores(service.sql, [{ id: "Straße-ÄÖ-7" }]);
    for (const q of ["CAFÉ", "Café", "straße-äö", "STRASSE", "ÄÖ-7", "äÖ-7"]) {
      const found = (await page(`?q=${encodeURIComponent(q)}`)).stores.map(({ store_id }) => store_id);
      assert.deepEqual(found, q === "STRASSE" ? [] : [/caf/i.test(q) ? ids[2] : "Straße-ÄÖ-7"], q);
    }
    await service.sql`delete from stores where store_id = 'Straße-ÄÖ-7'`;
  });

  await t.step("are found with blanks around the part", async () => {
    for (const q of ["%20%201000000000000000002%20", "%09000000000000002"]) {
      const { stores, rounded } = await page(`?q=${q}`);
      assert.deepEqual([stores.map(({ store_id }) => store_id), rounded], [[ids[1]], false]);
    }
  });

  await t.step("are proposed for an id that a spreadsheet has rounded", async () => {
    const long = ["1814201429499626397", "1814201429499631234", "1814201429499626500"];
    await putStores(service.sql, [...long, "1814201429499740000", "9999999999999999900"].map((id) => ({ id })));
    const proposed: [q: string, ids: string[]][] = [
      ["1.81420142949963E+18", ["1814201429499626397", "1814201429499626500", "1814201429499631234"]],
      ["1,81420142949963e18", ["1814201429499626397", "1814201429499626500", "1814201429499631234"]],
      ["1814201429499630000", ["1814201429499626397", "1814201429499626500", "1814201429499631234"]],
      ["1814201429499626500", ["1814201429499626397", "1814201429499626500"]],
      ["1.00000000000000E+19", ["9999999999999999900"]],
    ];
    for (const [q, expected] of proposed) {
      const { stores, rounded } = await page(`?q=${encodeURIComponent(q)}`);
      assert.deepEqual([stores.map(({ store_id }) => store_id), rounded], [expected, true], q);
    }
    const first = await page("?q=1.81420142949963E%2B18&limit=2");
    const second = await page(`?q=1.81420142949963E%2B18&limit=2&cursor=${first.next_cursor}`);
    assert.deepEqual([first.stores.length, second.stores.length, second.next_cursor], [2, 1, null]);
    assert.equal((await page("?q=3.81420142949963E%2B18")).stores.length, 0);
  });

  await t.step("are seen one by one", async () => {
    const second = StoreJson.parse(await jsonOf(await app.request(`/stores/${ids[1]}`)));
    assert.deepEqual(second, {
      store_id: ids[1],
      name: null,
      timezone: "America/Chicago",
      is_default_timezone: true,
      tags: {},
      sales_per_hour: null,
      target_percent: null,
      hours: [{ day: 2, start_time_local: "00:00:00", end_time_local: "24:00:00" }],
      always_closed: false,
      state: "down",
      since: "2023-01-25T09:00:00Z",
      down_us_today: 0,
      latest_poll: { status: "inactive", timestamp_utc: "2023-01-25T09:00:00Z" },
      warnings: [],
    });
    const third = StoreJson.parse(await jsonOf(await app.request(`/stores/${encodeURIComponent(ids[2] ?? "")}`)));
    assert.equal(third.latest_poll?.timestamp_utc, "2023-01-25T08:59:59.999999Z");
  });

  await t.step("have a latest poll however long ago it was, or none", async () => {
    await putStores(service.sql, [{ id: "long gone", polls: ["2019-05-01 00:00 inactive"] }, { id: "never polled" }]);
    const latest = async (id: string) => StoreJson.parse(await jsonOf(await app.request(`/stores/${id}`))).latest_poll;
    assert.deepEqual(await latest("long%20gone"), { status: "inactive", timestamp_utc: "2019-05-01T00:00:00Z" });
    assert.equal(await latest("never%20polled"), null);
  });

  await t.step("have the hours of the version that holds on their own date of the latest poll of all", async () => {
    const { as_of } = await page("");
    const date = (zone: string) => Temporal.Instant.from(as_of ?? "").toZonedDateTimeISO(zone).toPlainDate();
    const [east, west] = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    assert.equal(date(west).until(date(east)).days, 1, "it is two dates at once");
    await putStores(service.sql, [{ id: "east", zone: east }, { id: "west", zone: west }]);
    const versions = (id: string) => [
      `${id},,2,08:00,10:00`,
      `${id},${date(east)},3,closed,closed`,
      `${id},${date(east).add({ days: 1 })},4,11:00,12:00`,
    ];
    await importText(service.sql, [DATED_HOURS, ...versions("east"), ...versions("west"), ""].join("\n"));
    const shown = async (id: string) => StoreJson.parse(await jsonOf(await app.request(`/stores/${id}`)));
    const [first, second] = [await shown("east"), await shown("west")];
    assert.deepEqual([first.hours.length, first.always_closed], [0, true]);
    assert.deepEqual([second.hours.map(({ day }) => day), second.always_closed], [[2], false]);
  });

  await t.step("that do not exist are not found", async () => {
    for (const id of ["nobody", "%00", "x".repeat(65), "'--", "%F0%9F%98%80"]) {
      assert.equal(await statusOf(app.request(`/stores/${id}`)), 404, id);
    }
  });

  await t.step("are not listed for parameters that are wrong", async () => {
    for (const query of ["q=%00", `q=${"x".repeat(65)}`, "limit=-1", "cursor=bnVsbA", "cursor=IgAi", "page=1"]) {
      assert.equal(await statusOf(app.request(`/stores?${query}`)), 422, query);
    }
  });
});
