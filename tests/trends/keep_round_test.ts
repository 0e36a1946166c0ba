import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { mergePolls, mergePollsIn } from "../../src/db/polls/merge_polls.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { forgetOldChanges } from "../../src/db/stores/store_changes.ts";
import { daysComputer } from "../../src/trends/compute_days.ts";
import { keepRound } from "../../src/trends/keep_round.ts";
import { instant } from "../support/build.ts";
import { importText } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { changedRules, RULES } from "../support/rules.ts";
import { keepAll, keepSome, reportedSum, shownSums } from "../support/trends.ts";

const HOURLY = ["2023-01-23 20:00 active", "2023-01-24 12:00 inactive", "2023-01-25 12:00 active"];

function live(storeId: string, at: string) {
  return [{ storeId, at: instant(at), active: false }];
}

/** Asserts that all that is shown is right. @returns which dates of a store are shown */
async function shownDates(sql: Sql, storeId: string, zoneRules = RULES): Promise<string[]> {
  const { shown } = await shownSums(sql, zoneRules);
  for (const [name, sums] of shown) assert.equal(sums, await reportedSum(sql, name, zoneRules), name);
  return [...shown.keys()].filter((name) => name.startsWith(`${storeId} `)).map((name) => name.slice(-2)).sort();
}

databaseTest(
  "dates are kept from the first day with polls to the last one that is over where the store is",
  async ({ sql }) => {
    await putStores(sql, [
      { id: "utc", zone: "UTC", polls: HOURLY },
      { id: "kiritimati", zone: "Pacific/Kiritimati" },
      { id: "pago", zone: "Pacific/Pago_Pago" },
      { id: "nowhere", zone: "Mars/Olympus" },
    ]);
    assert.deepEqual(await shownDates(sql, "utc"), []);
    await keepAll(sql);
    assert.deepEqual(await shownDates(sql, "utc"), ["23", "24"]);
    // It is 02:00 of the 26th on Kiritimati, and 01:00 of the 25th on Pago Pago.
    assert.deepEqual(await shownDates(sql, "kiritimati"), ["23", "24", "25"]);
    assert.deepEqual(await shownDates(sql, "pago"), ["23", "24"]);
    assert.deepEqual(await shownDates(sql, "nowhere"), []);
    await mergePolls(sql, live("utc", "2023-01-20 12:00"));
    await keepAll(sql);
    assert.deepEqual(await shownDates(sql, "utc"), ["20", "21", "22", "23", "24"]);
  },
);

databaseTest("a late poll makes the dates that it reaches stale, those of its store alone", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "UTC", polls: HOURLY }, { id: "b", zone: "UTC", polls: HOURLY }]);
  await keepAll(sql);
  await mergePolls(sql, live("a", "2023-01-23 23:00"));
  assert.deepEqual(await shownDates(sql, "a"), []);
  assert.deepEqual(await shownDates(sql, "b"), ["23", "24"]);
  await keepAll(sql);
  await mergePolls(sql, [...live("a", "2023-01-25 13:00"), ...live("b", "2023-01-25 00:00")]);
  assert.deepEqual(await shownDates(sql, "a"), ["23", "24"]);
  assert.deepEqual(await shownDates(sql, "b"), ["23", "24"]);
});

databaseTest("polls that are committed while sums are computed, or after that, make them stale", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "UTC", polls: HOURLY }]);
  const compute = daysComputer(sql, RULES);
  await transaction(sql, async (tx) => {
    await mergePollsIn(tx, live("a", "2023-01-23 10:00"));
    await keepRound({
      sql,
      zoneRules: RULES,
      compute: async (task) => {
        await mergePolls(sql, live("a", "2023-01-24 10:00"));
        return await compute(task);
      },
    });
    assert.deepEqual(await shownDates(sql, "a"), ["23"]);
  });
  assert.deepEqual(await shownDates(sql, "a"), []);
  await keepAll(sql);
  assert.deepEqual(await shownDates(sql, "a"), ["23", "24"]);
});

databaseTest("one process keeps sums at a time, and another one need not wait", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "UTC", polls: HOURLY }]);
  const compute = daysComputer(sql, RULES);
  let others = 0;
  await keepRound({
    sql,
    zoneRules: RULES,
    compute: async (task) => {
      if (await keepSome(sql)) others++;
      return await compute(task);
    },
  });
  assert.equal(others, 0);
  assert.deepEqual(await shownDates(sql, "a"), ["23", "24"]);
});

databaseTest("a rule for all stores makes the dates around it stale, and no others", async ({ sql }) => {
  const days = Array.from({ length: 20 }, (_, day) => `2023-01-${String(day + 6).padStart(2, "0")} 12:00 active`);
  await putStores(sql, [{ id: "a", zone: "UTC", polls: days }]);
  await keepAll(sql);
  await importText(sql, "store_id,date,start_time_local,end_time_local,reason\n*,2023-01-15,,,holiday\n");
  const shown = await shownDates(sql, "a");
  assert(shown.includes("06") && shown.includes("24") && !shown.includes("15"), shown.join());
  await keepAll(sql);
  assert.equal((await shownDates(sql, "a")).length, 19);
});

databaseTest("later zone rules make all sums stale; a process with earlier ones leaves them alone", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "Europe/Rome", polls: HOURLY }]);
  const later = changedRules(RULES, "2999a", { "Europe/Rome": [instant("2020-01-01 00:00"), -7] });
  await keepAll(sql);
  await keepAll(sql, later);
  assert.deepEqual(await shownDates(sql, "a", later), ["23", "24"]);
  await keepAll(sql);
  assert.deepEqual(await shownDates(sql, "a", later), ["23", "24"]);
  await sql`update trend_state set looked_at = now() - interval '11 minutes'`;
  await keepAll(sql);
  assert.deepEqual(await shownDates(sql, "a"), ["23", "24"]);
});

databaseTest("notes of changes stay until trends follow them", async ({ sql }) => {
  await putStores(sql, [{ id: "a", zone: "UTC", polls: HOURLY }]);
  await keepAll(sql);
  await mergePolls(sql, live("a", "2023-01-24 10:00"));
  await sql`update store_changes set at = now() - interval '1 hour'`;
  await forgetOldChanges(sql);
  assert.deepEqual(await shownDates(sql, "a"), ["23"]);
  await keepAll(sql);
  await forgetOldChanges(sql);
  assert.equal((await sql`select from store_changes`).length, 0);
});
