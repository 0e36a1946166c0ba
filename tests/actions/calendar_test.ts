import assert from "node:assert/strict";
import fc from "fast-check";
import { addExclusion } from "../../src/actions/calendar/add_exclusion.ts";
import { changeExclusion } from "../../src/actions/calendar/change_exclusion.ts";
import { putHours } from "../../src/actions/calendar/put_hours.ts";
import { putSpecialHours } from "../../src/actions/calendar/put_special_hours.ts";
import { removeSpecialHours } from "../../src/actions/calendar/remove_special_hours.ts";
import { withdrawExclusion } from "../../src/actions/calendar/withdraw_exclusion.ts";
import { changeStore } from "../../src/actions/change_store.ts";
import { Refusal } from "../../src/actions/refusal.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import {
  DATED_HOURS,
  packedCalendars,
  SPECIAL,
  storedDetails,
  storedExclusions,
  storedSpecialHours,
  storedVersions,
} from "../support/calendar_rows.ts";
import { ANY_REJECTS, importText, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { RULES } from "../support/rules.ts";

const MAINTENANCE = { from: "2026-03-01T10:00", to: "2026-03-01T12:00", kind: "planned", reason: "Cleaning" };

/** The audit as `actor action subject-or-not stores before after`, oldest first. */
async function audit(sql: Sql): Promise<unknown[]> {
  const rows = await sql<{ row: unknown }[]>`
    select jsonb_strip_nulls(jsonb_build_object('actor', actor, 'request', request_id, 'action', action,
      'stores', store_ids, 'any', nullif(for_any_store, false), 'tags', tags, 'before', before, 'after', after)) as row
    from audit order by audit_id`;
  return rows.map(({ row }) => row);
}

/** How an action refuses: its code and the fields. */
async function refusal(doing: Promise<unknown>): Promise<string[]> {
  const error: unknown = await doing.then(() => undefined, (error: unknown) => error);
  assert(error instanceof Refusal, String(error));
  return [error.code, ...error.values.map(({ field, reason }) => `${field} ${reason}`)];
}

databaseTest("exclusions are added for stores or tags, changed, and withdrawn for good", async ({ sql }) => {
  await putStores(sql, [{ id: "a" }, { id: "b" }, { id: "c" }]);
  await sql`update stores set tags = '{"region": "West"}' where store_id in ('a', 'b')`;
  const context = { sql, actor: "page", requestId: "r1" } as const;
  const west = await addExclusion(context, { ...MAINTENANCE, stores: { where: { region: ["West", "East"] } } });
  assert.deepEqual([west.storesTotal, west.isLocal, west.madeBy], [2, true, "page"]);
  await sql`update stores set tags = '{"region": "West"}' where store_id = 'c'`;
  const rule = await addExclusion(context, { ...MAINTENANCE, kind: "platform", stores: "all" });
  await changeExclusion(context, west.exclusionId, { reason: "Repair", stores: { ids: ["c", "b"] } });
  await changeExclusion(context, west.exclusionId, { reason: "Repair" });
  assert.deepEqual(await storedExclusions(sql), [
    "* 2026-03-01T10:00 2026-03-01T12:00 platform (Cleaning)",
    "b 2026-03-01T10:00 2026-03-01T12:00 planned (Repair)",
    "c 2026-03-01T10:00 2026-03-01T12:00 planned (Repair)",
  ]);
  await withdrawExclusion(context, west.exclusionId);
  await changeExclusion(context, rule.exclusionId, { stores: { ids: ["a"] } });
  assert.deepEqual((await packedCalendars(sql)).map((row) => row.split("|").at(-1) !== "-"), [
    false,
    true,
    false,
    false,
  ]);
  assert.deepEqual(await refusal(withdrawExclusion(context, west.exclusionId)), ["exclusion-withdrawn"]);
  assert.deepEqual(await refusal(changeExclusion(context, west.exclusionId, {})), ["exclusion-withdrawn"]);
  assert.deepEqual(await refusal(changeExclusion(context, crypto.randomUUID(), {})), ["unknown-exclusion"]);
  const values = { from: "2026-03-01T10:00:00", to: "2026-03-01T12:00:00", reason: "Cleaning" };
  assert.deepEqual(await audit(sql), [
    {
      actor: "page",
      request: "r1",
      action: "exclusion.add",
      stores: ["a", "b"],
      tags: { region: ["West", "East"] },
      after: { ...values, kind: "planned" },
    },
    { actor: "page", request: "r1", action: "exclusion.add", any: true, after: { ...values, kind: "platform" } },
    {
      actor: "page",
      request: "r1",
      action: "exclusion.change",
      stores: ["a", "b", "c"],
      before: { reason: "Cleaning", stores: ["a", "b"] },
      after: { reason: "Repair", stores: ["b", "c"] },
    },
    {
      actor: "page",
      request: "r1",
      action: "exclusion.withdraw",
      stores: ["b", "c"],
      before: { ...values, reason: "Repair", kind: "planned", withdrawn: false },
      after: { withdrawn: true },
    },
    {
      actor: "page",
      request: "r1",
      action: "exclusion.change",
      stores: ["a"],
      any: true,
      before: { for_all: true, stores: [], stores_total: 3 },
      after: { for_all: false, stores: ["a"], stores_total: 1 },
    },
  ]);
});

databaseTest(
  "special hours are put and removed, for a store or for all, and a repetition changes nothing",
  async ({ sql }) => {
    await putStores(sql, [{ id: "a" }]);
    const context = { sql, actor: "anonymous" } as const;
    const [date, all] = [{ storeId: "a", date: "2026-12-25" }, { storeId: "*", date: "2026-12-25" }];
    const openings = [{ start: "22:00", end: "02:00" }, { start: "10:00", end: "12:00" }, {
      start: "25:00",
      end: "26:30",
    }];
    assert.equal((await putSpecialHours(context, date, { openings, reason: " Christmas " })).isNew, true);
    assert.equal((await putSpecialHours(context, all, { openings: [] })).isNew, true);
    const again = await putSpecialHours(context, date, { openings: openings.toReversed(), reason: "Christmas" });
    assert.deepEqual(again, {
      isNew: false,
      special: {
        date: "2026-12-25",
        reason: "Christmas",
        openings: [
          { start: "10:00:00", end: "12:00:00" },
          { start: "22:00:00", end: "02:00:00" },
          { start: "25:00:00", end: "26:30:00" },
        ],
      },
    });
    assert.deepEqual(await storedSpecialHours(sql), [
      "* 2026-12-25 closed",
      "a 2026-12-25 10:00:00-12:00:00,22:00:00-02:00:00,25:00:00-26:30:00 (Christmas)",
    ]);
    await removeSpecialHours(context, date);
    assert.deepEqual(await refusal(removeSpecialHours(context, date)), ["unknown-special-hours"]);
    assert.deepEqual(await refusal(removeSpecialHours(context, { ...date, storeId: "b" })), ["unknown-store"]);
    const bad = putSpecialHours(context, date, { openings: [{ start: "09:00", end: "9 o'clock" }] });
    assert.match((await refusal(bad)).join(), /^invalid,openings\.0\.end_time_local /);
    const kept = [{ date: "2026-12-25", reason: "Christmas", openings: again.special.openings }, {
      date: "2026-12-25",
    }];
    assert.deepEqual(await audit(sql), [
      { actor: "anonymous", action: "special_hours.put", stores: ["a"], before: kept[1], after: kept[0] },
      {
        actor: "anonymous",
        action: "special_hours.put",
        any: true,
        before: { date: "2026-12-25" },
        after: { date: "2026-12-25", openings: [] },
      },
      { actor: "anonymous", action: "special_hours.remove", stores: ["a"], before: kept[0], after: kept[1] },
    ]);
  },
);

databaseTest("hours that are put are stored as those of a file", async ({ sql }) => {
  await putStores(sql, [{ id: "put" }, { id: "file" }]);
  const dates = [undefined, "2026-03-01", "2026-06-01"];
  const time = fc.constantFrom("00:00", "07:30", "23:59:59.5");
  const row = fc.record({
    day: fc.integer({ min: 0, max: 6 }),
    start: time,
    end: fc.oneof(time, fc.constant("24:00")),
  });
  const step = fc.record({
    validFrom: fc.constantFrom(...dates),
    hours: fc.array(row, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const { validFrom, hours } of steps) {
        await putHours({ sql, actor: "page" }, "put", { validFrom, hours });
        const rows = hours.map(({ day, start, end }) => `file,${validFrom ?? ""},${day},${start},${end}`);
        await importText(sql, [DATED_HOURS, ...rows, ""].join("\n"));
        const versions = await storedVersions(sql);
        const of = (id: string) => versions.flatMap((text) => text.startsWith(`${id} `) ? [text.slice(id.length)] : []);
        assert.deepEqual(of("put"), of("file"));
        const packed = (await packedCalendars(sql)).map((text) => text.split("|"));
        const [put, file] = ["put", "file"].map((id) => packed.find(([storeId]) => storeId === id)?.[1]);
        assert.equal(put, file);
      }
    }),
    { numRuns: 15 },
  );
});

databaseTest("hours without rows are closed from a date on, or unknown without one", async ({ sql }) => {
  await putStores(sql, [{ id: "a", hours: [[0, "09:00", "17:00"]] }]);
  const context = { sql, actor: "page" } as const;
  const monday = [{ day: 0, start: "09:00:00", end: "17:00:00" }];
  const closed = await putHours(context, "a", { validFrom: "2026-03-01", hours: [] });
  assert.deepEqual(closed, [{ validFrom: undefined, hours: monday }, { validFrom: "2026-03-01", hours: [] }]);
  assert.deepEqual(await storedVersions(sql), ["a -infinity 0 09:00:00-17:00:00", "a 2026-03-01 closed"]);
  assert.deepEqual(await putHours(context, "a", { hours: [] }), []);
  assert.deepEqual(await putHours(context, "a", { hours: [] }), []);
  assert.deepEqual(await refusal(putHours(context, "b", { hours: [] })), ["unknown-store"]);
  assert.deepEqual((await audit(sql)).length, 2);
  assert.deepEqual([...await sql`select before, after from audit order by audit_id`.values()], [
    [{ "hours from 2026-03-01": null }, { "hours from 2026-03-01": [] }],
    [{ "hours": monday, "hours from 2026-03-01": [] }, { "hours": null, "hours from 2026-03-01": null }],
  ]);
});

databaseTest("a store's name, zone, tags, sales and target change, each by itself", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "UTC" }]);
  const context = { sql, actor: "anonymous", zoneRules: RULES } as const;
  const first = {
    name: "Corner",
    tags: { region: "West", brand: "Wraps" },
    salesPerHour: "12.50",
    targetPercent: "99.5",
  };
  await changeStore(context, "a", first);
  await changeStore(context, "a", first);
  assert.deepEqual(await storedDetails(sql), ['a Corner 12.50 99.5 {"brand": "Wraps", "region": "West"}']);
  const change = { name: "", timezone: "asia/tokyo", tags: { brand: null, size: "XL" }, salesPerHour: null };
  assert.deepEqual(await changeStore(context, "a", change), {
    name: undefined,
    timezone: "Asia/Tokyo",
    tags: { region: "West", size: "XL" },
    salesPerHour: undefined,
    targetPercent: "99.5",
  });
  assert.deepEqual((await audit(sql)).length, 2);
  const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`t${index}`, "x"]));
  const refused: [Parameters<typeof changeStore>[2], RegExp][] = [
    [{ tags: many }, /^invalid,tags would be more than 32/],
    [{ tags: { Region: "West" } }, /^invalid,tags is not a tag/],
    [{ timezone: "Mars" }, /^invalid,timezone /],
    [{ salesPerHour: "-1" }, /^invalid,sales_per_hour /],
    [{ targetPercent: "100.1" }, /^invalid,target_percent /],
    [{ name: "x".repeat(201) }, /^invalid,name /],
  ];
  for (const [given, expected] of refused) {
    assert.match((await refusal(changeStore(context, "a", given))).join(), expected);
  }
  assert.deepEqual(await refusal(changeStore(context, "b", {})), ["unknown-store"]);
  assert.equal((await audit(sql)).length, 2);
});

databaseTest("marks of rejected rows go when a good value is put", async ({ sql }) => {
  await importText(sql, `${DATED_HOURS}\na,,9,09:00,17:00\n`, ANY_REJECTS);
  await importText(sql, `${SPECIAL}\na,2026-12-25,9,\n`, ANY_REJECTS);
  await importText(sql, `${TIMEZONES}\na,Mars\n`, ANY_REJECTS);
  const marks = async () => (await sql`select kind from store_marks order by 1`.values()).flat();
  assert.deepEqual(await marks(), ["hours", "special-hours", "timezones"]);
  await putHours({ sql, actor: "page" }, "a", { hours: [{ day: 0, start: "09:00", end: "17:00" }] });
  await putSpecialHours({ sql, actor: "page" }, { storeId: "a", date: "2026-12-25" }, { openings: [] });
  await changeStore({ sql, actor: "page", zoneRules: RULES }, "a", { timezone: "UTC" });
  assert.deepEqual(await marks(), []);
});
