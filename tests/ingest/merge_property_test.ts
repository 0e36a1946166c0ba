import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../src/db/client.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { HOURS, importText, POLLS, storedHours, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

/** Not many runs each: the database takes a few milliseconds a file. Raise it after a change. */
const RUNS = { numRuns: 40 };

const store = fc.constantFrom("a", "b", "é", "10", "9");

const poll = fc.record({
  store_id: store,
  status: fc.constantFrom("active", "inactive", "ACTIVE"),
  second: fc.integer({ min: 0, max: 4 }),
  form: fc.constantFrom(
    (second: number) => `2023-01-25 12:00:0${second} UTC`,
    (second: number) => `2023-01-25T13:00:0${second}.0+01:00`,
  ),
});
type Poll = (typeof poll) extends fc.Arbitrary<infer Value> ? Value : never;

/** Each batch comes as a file or as live polls. */
const batches = fc.array(fc.record({ polls: fc.array(poll, { maxLength: 12 }), live: fc.boolean() }), { maxLength: 5 });

function asLive({ store_id, status, second, form }: Poll) {
  return { store_id, status, timestamp_utc: form(second) };
}

function asRow({ store_id, status, second, form }: Poll): string {
  return `${store_id},${status},${form(second)}`;
}

/** The slow and obvious way: a poll is inactive if any says so. */
function merged(polls: readonly Poll[]): string[] {
  const inactive = new Map<string, boolean>();
  for (const { store_id, second, status } of polls) {
    const key = `${store_id} ${1_674_648_000_000_000 + second * 1_000_000}`;
    inactive.set(key, (inactive.get(key) ?? false) || status === "inactive");
  }
  return [...inactive].map(([key, isInactive]) => `${key} ${isInactive ? "inactive" : "active"}`).sort();
}

async function empty(sql: Sql): Promise<void> {
  await sql`truncate stores, business_hours, polls, imports, rejects`;
}

databaseTest(
  "R12, R45: polls in any order, split over files and live calls, give the table that a plain merge gives",
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(batches, async (split) => {
        await empty(sql);
        let changed = 0;
        for (const { polls, live } of split) {
          const result = live
            ? await ingestPolls(sql, polls.map(asLive))
            : await importText(sql, [POLLS, ...polls.map(asRow)].join("\n"));
          changed += result.changed;
        }
        const expected = merged(split.flatMap(({ polls }) => polls));
        assert.deepEqual((await storedPolls(sql)).sort(), expected);
        assert.ok(changed >= expected.length);
      }),
      RUNS,
    );
  },
);

const hours = fc.record({ store, day: fc.integer({ min: 5, max: 7 }), start: fc.constantFrom("08:00", "09:30") });

databaseTest(
  "R13: files of hours one after the other leave each store with those of the last file that names it",
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(hours, { maxLength: 8 }), { maxLength: 4 }), async (files) => {
        await empty(sql);
        const expected = new Map<string, Set<string>>();
        for (const file of files) {
          const rows = file.map(({ store, day, start }) => `${store},${day},${start},17:00`);
          await importText(sql, [HOURS, ...rows].join("\n"));
          const good = file.filter(({ day }) => day < 7);
          for (const { store } of good) expected.set(store, new Set());
          for (const { store, day, start } of good) expected.get(store)?.add(`${store} ${day} ${start}:00-17:00:00`);
        }
        assert.deepEqual((await storedHours(sql)).sort(), [...expected.values()].flatMap((rows) => [...rows]).sort());
      }),
      RUNS,
    );
  },
);

const zone = fc.record({ store, zone: fc.constantFrom("Europe/Paris", "Asia/Tokyo", "UTC", "nowhere") });

databaseTest("R13: files of zones one after the other leave each store with its last good zone", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(zone, { maxLength: 8 }), { maxLength: 4 }), async (files) => {
      await empty(sql);
      for (const file of files) {
        await importText(sql, [TIMEZONES, ...file.map(({ store, zone }) => `${store},${zone}`)].join("\n"));
      }
      const expected = new Map(
        files.flat().filter(({ zone }) => zone !== "nowhere").map(({ store, zone }) => [store, zone]),
      );
      assert.deepEqual((await storedStores(sql)).sort(), [...expected].map(([id, zone]) => `${id} ${zone}`).sort());
    }),
    RUNS,
  );
});
