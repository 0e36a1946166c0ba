import assert from "node:assert/strict";
import { ingestPolls, MOST_REJECTS } from "../../src/ingest/live_polls.ts";
import { importText, POLLS, storedPolls, storedStores } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const NOON = "2023-01-25T12:00:00Z";
const NOON_MICROS = 1_674_648_000_000_000;

function poll(store_id: unknown, status: unknown = "active", timestamp_utc: unknown = NOON) {
  return { store_id, status, timestamp_utc };
}

databaseTest("R14: live polls are taken in, and unknown stores exist from then on", async ({ sql }) => {
  assert.deepEqual(await ingestPolls(sql, [poll("b", "INACTIVE"), poll(" a ")]), {
    received: 2,
    accepted: 2,
    rejected: 0,
    changed: 2,
    rejects: [],
    notices: [],
  });
  assert.deepEqual(await storedPolls(sql), [`a ${NOON_MICROS} active`, `b ${NOON_MICROS} inactive`]);
  assert.deepEqual(await storedStores(sql), ["a -", "b -"]);
});

databaseTest(
  "R9: a bad live poll is rejected by itself, with its position, column, value and reason",
  async ({ sql }) => {
    const { rejects, accepted } = await ingestPolls(sql, [
      poll(42),
      poll("good"),
      poll("a", "sleepy"),
      poll("a", true),
      poll("a", "active", "2023-01-25"),
      poll("a\0b"),
      { store_id: "a", status: "active" },
      "a,active",
      null,
      [],
    ]);
    assert.equal(accepted, 1);
    assert.match(rejects[0]?.reason ?? "", /is a number, but must be a string: ids of 19 digits/);
    assert.deepEqual(rejects.map(({ position, column, value }) => [position, column, value]), [
      [0, "store_id", "42"],
      [2, "status", "sleepy"],
      [3, "status", "true"],
      [4, "timestamp_utc", "2023-01-25"],
      [5, "store_id", "a␀b"],
      [6, "timestamp_utc", undefined],
      [7, undefined, '"a,active"'],
      [8, undefined, "null"],
      [9, undefined, "[]"],
    ]);
  },
);

databaseTest("of many bad live polls only the first are kept, but all are counted", async ({ sql }) => {
  const bad = Array.from({ length: MOST_REJECTS + 500 }, () => 1);
  const { received, accepted, rejected, rejects } = await ingestPolls(sql, [...bad, poll("good")]);
  assert.deepEqual([received, accepted, rejected], [bad.length + 1, 1, bad.length]);
  assert.deepEqual(rejects.map(({ position }) => position), Array.from({ length: MOST_REJECTS }, (_, index) => index));
});

databaseTest("R12: live polls merge as those of files do: inactive wins, and twice is once", async ({ sql }) => {
  await importText(sql, `${POLLS}\na,active,${NOON}\nb,inactive,${NOON}\n`);
  const { changed } = await ingestPolls(sql, [poll("a"), poll("a", "inactive"), poll("b"), poll("c"), poll("c")]);
  assert.equal(changed, 2);
  assert.deepEqual(await storedPolls(sql), [
    `a ${NOON_MICROS} inactive`,
    `b ${NOON_MICROS} inactive`,
    `c ${NOON_MICROS} active`,
  ]);
});

databaseTest("no polls at all are fine", async ({ sql }) => {
  assert.equal((await ingestPolls(sql, [])).received, 0);
});

databaseTest("the values of live polls are read as those of files, with notices", async ({ sql }) => {
  const { rejects, notices } = await ingestPolls(sql, [
    poll("a", "up", "2023-01-25 12:00:00"),
    poll("'b", "OFFLINE", 1_674_648_000),
    { Store: "c", state: "down", "Timestamp UTC": "2023-01-25T12:00:00.0000009Z" },
    { store_id: "d", status: "active", state: "down", timestamp: 1_674_648_000_000 },
    { store_id: "e", status: "active", timestamp: "2023-01-25 12:00:00" },
  ]);
  assert.deepEqual(await storedPolls(sql), [
    `a ${NOON_MICROS} active`,
    `b ${NOON_MICROS} inactive`,
    `c ${NOON_MICROS} inactive`,
    `d ${NOON_MICROS} active`,
  ]);
  assert.deepEqual(rejects.map(({ position, code, column }) => [position, code, column]), [
    [4, "instant_without_zone", "timestamp"],
  ]);
  assert.deepEqual(notices.map(({ code, count, firstLine }) => [code, count, firstLine]), [
    ["utc_by_column", 1, 0],
    ["id_apostrophe_dropped", 1, 1],
    ["fraction_cut", 1, 2],
    ["column_passed_over", 1, 3],
  ]);
});

databaseTest("in JSON a whole number is an instant, and a boolean is no status", async ({ sql }) => {
  const { rejects } = await ingestPolls(sql, [
    poll("a", true),
    poll("a", 1),
    poll("a", "active", 1_674_648_000.5),
    poll("a", "active", 2 ** 60),
    poll("a", "active", 167_464_800),
    poll("a", "active", true),
  ]);
  assert.deepEqual(rejects.map(({ code, reason }) => `${code} ${reason.slice(0, 21)}`), [
    "not_a_string is a boolean, which d",
    "not_a_string is not a string: send",
    "not_a_string is not a whole number",
    "not_a_string is not a whole number",
    "instant_digit_count is a number with neit",
    "not_a_string is not a string: send",
  ]);
});
