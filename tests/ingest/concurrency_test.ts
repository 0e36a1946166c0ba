import assert from "node:assert/strict";
import { findPollFaults } from "../../src/db/polls/check_days.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { HOURS, importText, POLLS, storedHours, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest, openTestDatabase } from "../support/database.ts";

const STORES = 300;
const POLLS_OF_STORE = 20;

interface Poll {
  readonly store_id: string;
  readonly status: string;
  readonly timestamp_utc: string;
}

/** The same polls in another order each time. */
function shuffledPolls(): Poll[] {
  return Array.from({ length: STORES * POLLS_OF_STORE }, (_, index) => ({
    store_id: `s${index % STORES}`,
    status: index % 7 === 0 ? "inactive" : "active",
    timestamp_utc: `2023-01-25 12:00:${String(Math.floor(index / STORES)).padStart(2, "0")} UTC`,
  })).map((poll) => ({ poll, key: Math.random() })).sort((a, b) => a.key - b.key).map(({ poll }) => poll);
}

function csvOf(polls: readonly Poll[]): string {
  return [POLLS, ...polls.map(({ store_id, status, timestamp_utc }) => `${store_id},${status},${timestamp_utc}`)]
    .join("\n");
}

async function holdsAll(sql: Sql): Promise<void> {
  const stored = await storedPolls(sql);
  assert.equal(stored.length, STORES * POLLS_OF_STORE);
  assert.equal(stored.filter((poll) => poll.endsWith(" inactive")).length, Math.ceil(STORES * POLLS_OF_STORE / 7));
  assert.equal((await storedStores(sql)).length, STORES);
}

databaseTest("R12: the same polls loaded by three at once are there once", async ({ sql }) => {
  const results = await Promise.all([1, 2, 3].map(() => importText(sql, csvOf(shuffledPolls()))));
  assert.equal(results.reduce((sum, { changed }) => sum + changed, 0), STORES * POLLS_OF_STORE);
  await holdsAll(sql);
});

Deno.test("R12: twenty live feeds and two files of the same polls at once: no deadlock, nothing lost", async () => {
  const { sql, close } = await openTestDatabase({ max: 22 });
  const feed = async () => {
    const polls = shuffledPolls();
    for (let start = 0; start < polls.length; start += 1000) await ingestPolls(sql, polls.slice(start, start + 1000));
  };
  const loads = [1, 2].map(() => importText(sql, csvOf(shuffledPolls())));
  await Promise.all([...loads, ...Array.from({ length: 20 }, feed)]);
  await holdsAll(sql);
  await close();
});

databaseTest("R14: files of all kinds that name the same new stores load at once", async ({ sql }) => {
  const ids = Array.from({ length: 3_000 }, (_, index) => `s${index}`);
  await Promise.all([
    importText(sql, [HOURS, ...ids.map((id) => `${id},0,09:00,12:00`)].join("\n")),
    importText(sql, [TIMEZONES, ...ids.toReversed().map((id) => `${id},Asia/Tokyo`)].join("\n")),
    importText(sql, [POLLS, ...ids.map((id) => `${id},active,2023-01-25T12:00:00Z`)].join("\n")),
    ingestPolls(
      sql,
      ids.toReversed().map((id) => ({ store_id: id, status: "active", timestamp_utc: "2023-01-25T12:00:00Z" })),
    ),
  ]);
  assert.equal((await storedHours(sql)).length, 3_000);
  assert.equal((await storedPolls(sql)).length, 3_000);
  assert.ok((await storedStores(sql)).every((store) => store.endsWith(" Asia/Tokyo")));
});

Deno.test("R14: files of all kinds and live feeds of stores that are there, all at once: no deadlock", async () => {
  const { sql, close } = await openTestDatabase({ max: 8 });
  const ids = Array.from({ length: 2_000 }, (_, index) => `s${index}`);
  const some = (share: number) => ids.filter(() => Math.random() < share);
  const polls = (hour: number) =>
    ids.map((id) => ({ store_id: id, status: Math.random() < 0.3 ? "inactive" : "active", timestamp_utc: time(hour) }));
  const time = (hour: number) => `2023-01-25T${String(hour).padStart(2, "0")}:00:00Z`;
  await ingestPolls(sql, polls(0));
  for (let round = 1; round <= 5; round++) {
    await Promise.all([
      importText(sql, [HOURS, ...some(0.5).map((id) => `${id},0,0${round}:00,12:00`)].join("\n")),
      importText(sql, [TIMEZONES, ...some(0.5).map((id) => `${id},${round % 2 ? "Asia/Tokyo" : "UTC"}`)].join("\n")),
      importText(sql, csvOf(polls(round))),
      ...[6, 7, 8, 9].map((hour) => ingestPolls(sql, polls(hour + round).toReversed())),
    ]);
  }
  assert.deepEqual(await Array.fromAsync(findPollFaults(sql)), []);
  await close();
});

databaseTest(
  "R13: two files of hours of the same stores at once: the later one replaces the earlier one whole",
  async ({ sql }) => {
    const file = (start: string) => [HOURS, ...[0, 1, 2].map((day) => `a,${day},${start},23:00`)].join("\n");
    await Promise.all([importText(sql, file("08:00")), importText(sql, file("09:00"))]);
    const starts = new Set((await storedHours(sql)).map((hours) => hours.slice(4, 9)));
    assert.equal(starts.size, 1);
    assert.equal((await storedHours(sql)).length, 3);
  },
);
