import assert from "node:assert/strict";
import { removeStore as remove } from "../../src/actions/remove_store.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { findPollFaults } from "../../src/db/polls/check_days.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { storeContents } from "../../src/db/polls/remove_store.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { instant } from "../support/build.ts";
import { EXCLUSIONS, SPECIAL, storedExclusions, storedSpecialHours } from "../support/calendar_rows.ts";
import { ANY_REJECTS, importText, storedHours, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";

const removeStore = (sql: Sql, storeId: string) => remove({ sql, actor: "command" }, storeId);

async function rowsOf(sql: Sql, table: string): Promise<number> {
  const [row] = await sql<{ rows: number }[]>`select count(*) as rows from ${sql(table)}`;
  return row?.rows ?? NaN;
}

databaseTest("a store goes with its polls, hours, zone and marks; others stay", async ({ sql }) => {
  await putStores(sql, [
    { id: "ghost", zone: "UTC", hours: [[0, "09:00", "17:00"]], polls: ["09:00 inactive", "2022-12-01 10:00 active"] },
    { id: "real", zone: "Asia/Tokyo", hours: [[1, "09:00", "17:00"]], polls: ["08:00 inactive"] },
  ]);
  await importText(sql, `${TIMEZONES}\nghost,nowhere\n`, ANY_REJECTS);
  await importText(sql, `${SPECIAL}\nghost,2023-01-01,,,\nghost,2023-01-02,,,\n*,2023-01-03,,,\n`);
  await importText(
    sql,
    `${EXCLUSIONS}\nghost,2023-01-05 09:00,2023-01-06 09:00,other,x\n*,2023-01-05 09:00,2023-01-06 09:00,other,x\n`,
  );
  assert.deepEqual(
    await storeContents(sql, "ghost"),
    { polls: 2, hours: 1, specialDates: 2, exclusions: 1, timezone: "UTC" },
  );
  assert.equal(await removeStore(sql, "ghost"), true);
  assert.deepEqual(await storedStores(sql), ["real Asia/Tokyo"]);
  assert.deepEqual(await storedHours(sql), ["real 1 09:00:00-17:00:00"]);
  assert.deepEqual(await storedSpecialHours(sql), ["* 2023-01-03 closed"]);
  assert.deepEqual(await storedExclusions(sql), ["* 2023-01-05 09:00 2023-01-06 09:00 other (x)"]);
  assert.deepEqual(await storedPolls(sql), [`real ${instant("08:00")} inactive`]);
  assert.deepEqual([await rowsOf(sql, "poll_days"), await rowsOf(sql, "store_marks")], [1, 0]);
  assert.equal(await latestPoll(sql), instant("08:00"), "as-of is no longer the removed store's");
  assert.equal(await removeStore(sql, "ghost"), false);
  assert.equal(await storeContents(sql, "ghost"), undefined);
});

databaseTest("a store that is named again is a new one", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "Asia/Tokyo", polls: ["09:00 active"] }]);
  await removeStore(sql, "a");
  await mergePolls(sql, [{ storeId: "a", active: true, at: instant("10:00") }]);
  assert.deepEqual(await storedStores(sql), ["a -"]);
  assert.deepEqual(await storedPolls(sql), [`a ${instant("10:00")} active`]);
});

databaseTest("a live feed that names a store while it is removed leaves no polls without a store", async ({ sql }) => {
  await putStores(sql, [{ id: "a", polls: ["09:00 active"] }, { id: "b", polls: ["09:00 active"] }]);
  let isOver = false;
  const feed = async (first: number) => {
    for (let at = first; !isOver; at += 2) {
      await mergePolls(sql, ["a", "b"].map((storeId) => ({ storeId, active: at % 3 > 0, at: instant("09:00") + at })));
    }
  };
  const feeds = [feed(1), feed(2)];
  for (let round = 0; round < 40; round++) await removeStore(sql, "a");
  isOver = true;
  await Promise.all(feeds);
  assert.deepEqual(await Array.fromAsync(findPollFaults(sql)), []);
});
