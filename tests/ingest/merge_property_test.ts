import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../src/db/connection/client.ts";
import { FailedFile } from "../../src/ingest/failed_file.ts";
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
  await sql`truncate stores, store_marks, business_hours, poll_days, imports, rejects cascade`;
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

/** Loads a file. @returns whether it was taken in: not if more than half of its rows are bad */
async function load(sql: Sql, lines: readonly string[], bad: number): Promise<boolean> {
  const isTaken = 2 * bad <= lines.length - 1;
  const loading = importText(sql, lines.join("\n"));
  if (isTaken) await loading;
  else await assert.rejects(loading, FailedFile);
  return isTaken;
}

/** The marks that hold, as `store kind`, sorted. */
async function storedMarks(sql: Sql): Promise<string[]> {
  const rows = await sql<{ mark: string }[]>`
    select store_id || ' ' || kind as mark from store_marks join stores using (store_key) order by 1`;
  return rows.map(({ mark }) => mark);
}

/** Marks as the slow and obvious way has them. */
function mark(marked: Set<string>, file: readonly { readonly store: string; readonly isGood: boolean }[]): void {
  for (const { store } of file) {
    if (file.some((row) => row.store === store && !row.isGood)) marked.add(store);
    else marked.delete(store);
  }
}

const hours = fc.record({ store, day: fc.constantFrom(5, 6, 8), start: fc.constantFrom("08:00", "09:30") })
  .map((row) => ({ ...row, isGood: row.day < 7 }));

databaseTest(
  "R13: files of hours one after the other leave each store with those of the last file that has only good rows of it",
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(hours, { maxLength: 8 }), { maxLength: 4 }), async (files) => {
        await empty(sql);
        const expected = new Map<string, Set<string>>();
        const marked = new Set<string>();
        for (const file of files) {
          const rows = file.map(({ store, day, start }) => `${store},${day},${start},17:00`);
          if (!(await load(sql, [HOURS, ...rows], file.filter(({ isGood }) => !isGood).length))) continue;
          mark(marked, file);
          const whole = file.filter(({ store }) => !marked.has(store));
          for (const { store } of whole) expected.set(store, new Set());
          for (const { store, day, start } of whole) expected.get(store)?.add(`${store} ${day} ${start}:00-17:00:00`);
        }
        assert.deepEqual((await storedHours(sql)).sort(), [...expected.values()].flatMap((rows) => [...rows]).sort());
        assert.deepEqual((await storedMarks(sql)).sort(), [...marked].map((store) => `${store} hours`).sort());
      }),
      RUNS,
    );
  },
);

const zone = fc.record({ store, zone: fc.constantFrom("Europe/Paris", "Asia/Tokyo", "UTC", "nowhere") })
  .map((row) => ({ ...row, isGood: row.zone !== "nowhere" }));

databaseTest("R13: files of zones one after the other leave each store with its last good zone", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(zone, { maxLength: 8 }), { maxLength: 4 }), async (files) => {
      await empty(sql);
      const expected = new Map<string, string>();
      const marked = new Set<string>();
      for (const file of files) {
        const lines = [TIMEZONES, ...file.map(({ store, zone }) => `${store},${zone}`)];
        if (!(await load(sql, lines, file.filter(({ isGood }) => !isGood).length))) continue;
        mark(marked, file);
        for (const { store } of file) expected.set(store, expected.get(store) ?? "-");
        for (const { store, zone } of file.filter(({ isGood }) => isGood)) expected.set(store, zone);
      }
      assert.deepEqual((await storedStores(sql)).sort(), [...expected].map(([id, zone]) => `${id} ${zone}`).sort());
      assert.deepEqual((await storedMarks(sql)).sort(), [...marked].map((store) => `${store} timezones`).sort());
    }),
    RUNS,
  );
});
