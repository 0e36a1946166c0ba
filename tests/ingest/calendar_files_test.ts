/** Files of dated hours, special hours and exclusions. */
import assert from "node:assert/strict";
import { readRules } from "../../src/db/stores/store_rules.ts";
import { streamRejects } from "../../src/db/imports/rejects.ts";
import { marksOf } from "../../src/db/imports/marks.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { epochDay, exclusion, hours } from "../support/build.ts";
import {
  DATED_HOURS,
  EXCLUSIONS,
  SPECIAL,
  storedExclusions,
  storedSpecialHours,
  storedVersions,
} from "../support/calendar_rows.ts";
import { ANY_REJECTS, HOURS, importText, POLLS } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

async function load(sql: Sql, header: string, ...rows: string[]) {
  return await importText(sql, [header, ...rows, ""].join("\n"), ANY_REJECTS);
}

async function reasons(sql: Sql, importId: string): Promise<string[]> {
  return await Array.fromAsync(
    streamRejects(sql, importId),
    ({ line, column, reason }) => `${line} ${column} ${reason}`,
  );
}

async function rulesOf(sql: Sql, storeId: string) {
  const [found] = await readRules(sql, sql`store_id = ${storeId}`);
  return found?.rules ?? assert.fail(`There is no store ${storeId}`);
}

databaseTest("hours with valid_from replace the versions from the earliest one in the file on", async ({ sql }) => {
  await load(sql, DATED_HOURS, "a,,0,09:00,12:00", "a,2026-03-01,0,10:00,12:00", "a,2026-05-01,0,11:00,12:00");
  await load(sql, DATED_HOURS, "a,2026-04-01,0,08:00,12:00", "a,2026-06-01,,closed,".replace(",,", ",1,"));
  assert.deepEqual(await storedVersions(sql), [
    "a -infinity 0 09:00:00-12:00:00",
    "a 2026-03-01 0 10:00:00-12:00:00",
    "a 2026-04-01 0 08:00:00-12:00:00",
    "a 2026-06-01 closed",
  ]);
  const { changed } = await load(sql, HOURS, "a,0,07:00,12:00");
  assert.ok(changed > 0, "no beginning is the earliest of all");
  assert.deepEqual(await storedVersions(sql), ["a -infinity 0 07:00:00-12:00:00"]);
});

databaseTest("the same file of dated hours again changes nothing", async ({ sql }) => {
  const rows = ["a,,0,09:00,12:00", "a,2026-03-01,1,closed,", "b,2026-03-01,1,22:00,02:00"];
  assert.equal((await load(sql, DATED_HOURS, ...rows)).changed, 3);
  assert.equal((await load(sql, DATED_HOURS, ...rows)).changed, 0);
});

databaseTest("a report reads versions as they were loaded", async ({ sql }) => {
  const rows = ["a,,1,closed,", "a,2026-03-01,0,22:00,26:00", "b,2026-03-01,1,09:00,17:00", "c,,2,09:00,17:00"];
  await load(sql, DATED_HOURS, ...rows);
  const from = epochDay("2026-03-01");
  assert.deepEqual((await rulesOf(sql, "a")).versions, [
    { from: -Infinity, hours: [] },
    { from, hours: [hours("Monday", "22:00", "02:00")] },
  ]);
  assert.deepEqual((await rulesOf(sql, "b")).versions, [{ from, hours: [hours("Tuesday", "09:00", "17:00")] }]);
  assert.deepEqual((await rulesOf(sql, "c")).versions, [
    { from: -Infinity, hours: [hours("Wednesday", "09:00", "17:00")] },
  ]);
});

databaseTest("a date that is no date is rejected, and spoils the hours of its store", async ({ sql }) => {
  const { importId, rejected } = await load(sql, DATED_HOURS, "a,,0,09:00,12:00", "a,01/03/2026,0,09:00,12:00");
  assert.equal(rejected, 2);
  assert.deepEqual(await reasons(sql, importId), [
    "2 store_id is a store with a bad row on line 3, so none of its rows in this file is used",
    "3 valid_from may have the day or the month first: write it as 2026-12-25, the year first",
  ]);
});

databaseTest(
  "rows of special hours of a store and date are its openings, and replace earlier ones",
  async ({ sql }) => {
    const rows = [
      "a,2026-12-24,18:00,26:00,late",
      "a,2026-12-24,09:00,12:00,",
      "a,2026-12-25,,,Christmas",
      "*,2027-01-01,,,",
    ];
    const { kind, changed } = await load(sql, SPECIAL, ...rows);
    assert.deepEqual([kind, changed], ["special-hours", 3]);
    const stored = [
      "* 2027-01-01 closed",
      "a 2026-12-24 09:00:00-12:00:00,18:00:00-26:00:00 (late)",
      "a 2026-12-25 closed (Christmas)",
    ];
    assert.deepEqual(await storedSpecialHours(sql), stored);
    assert.equal((await load(sql, SPECIAL, ...rows.toReversed())).changed, 0, "loaded again, in another order");
    await load(sql, SPECIAL, "a,2026-12-24,,,");
    assert.deepEqual(await storedSpecialHours(sql), [stored[0], "a 2026-12-24 closed", stored[2]]);
  },
);

databaseTest("rows for * replace those for * alone, and hold for stores that come later", async ({ sql }) => {
  await load(sql, SPECIAL, "a,2026-12-25,10:00,12:00,", "*,2026-12-25,,,", "*,2026-12-26,,,");
  await load(sql, SPECIAL, "*,2026-12-25,11:00,12:00,");
  await load(sql, POLLS, "later,active,2026-01-01 00:00:00 UTC");
  const [christmas, boxing] = [epochDay("2026-12-25"), epochDay("2026-12-26")];
  const ofAll = new Map([[christmas, [{ start: 11 * 3_600_000_000, end: 12 * 3_600_000_000 }]], [boxing, []]]);
  const own = new Map([[christmas, [{ start: 10 * 3_600_000_000, end: 12 * 3_600_000_000 }]]]);
  assert.deepEqual((await rulesOf(sql, "a")).special, [own, ofAll]);
  assert.deepEqual((await rulesOf(sql, "later")).special, [ofAll]);
});

databaseTest(
  "a closed row beside rows with times is rejected, as is one empty time, and marks the store",
  async ({ sql }) => {
    const rows = [
      "a,2026-12-25,,,",
      "a,2026-12-25,10:00,12:00,",
      "a,2026-12-26,10:00,,",
      "b,2026-12-25,,,",
      "a,2026-12-25,,,",
    ];
    const { importId, rejected, warnings } = await load(sql, SPECIAL, ...rows);
    assert.equal(rejected, 3);
    const closed = "is closed all day in this row, and open on the same date on line 3: remove one of the rows";
    assert.deepEqual(await reasons(sql, importId), [
      `2 store_id ${closed}`,
      "4 end_time_local is empty, but the other time of the row is not: write both, or leave both empty if the day is closed",
      `6 store_id ${closed}`,
    ]);
    assert.deepEqual(await storedSpecialHours(sql), ["a 2026-12-25 10:00:00-12:00:00", "b 2026-12-25 closed"]);
    assert.deepEqual(warnings.map(({ code, stores }) => [code, stores]), [["special_hours_rejected", ["a"]]]);
    await load(sql, SPECIAL, "a,2026-12-26,,,");
    assert.deepEqual(await marksOf(sql, "a"), [], "good rows alone take the mark away");
  },
);

databaseTest(
  "an exclusion is known by store, ends and kind as written; again, it changes its reason alone",
  async ({ sql }) => {
    const rows = [
      "a,2026-03-01T09:00:00Z,2026-03-01T12:00:00Z,planned,new floor",
      "a,2026-03-01 09:00,2026-03-01 12:00,Pause,",
      "*,2026-04-01T00:00+02:00,2026-04-01T02:00+02:00,platform,outage",
    ];
    const { kind, changed } = await load(sql, EXCLUSIONS, ...rows);
    assert.deepEqual([kind, changed], ["exclusions", 3]);
    assert.equal((await load(sql, EXCLUSIONS, ...rows)).changed, 0);
    const again = await load(sql, EXCLUSIONS, "a,2026-03-01T09:00:00Z,2026-03-01T12:00:00Z,planned,new kitchen");
    assert.equal(again.changed, 1);
    assert.deepEqual(await storedExclusions(sql), [
      "* 2026-04-01T00:00+02:00 2026-04-01T02:00+02:00 platform (outage)",
      "a 2026-03-01 09:00 2026-03-01 12:00 pause ()",
      "a 2026-03-01T09:00:00Z 2026-03-01T12:00:00Z planned (new kitchen)",
    ]);
    const expected = [
      { from: "2026-03-01T09:00:00Z", to: "2026-03-01T12:00:00Z" },
      { from: "2026-03-01T09:00:00", to: "2026-03-01T12:00:00" },
      { from: "2026-03-31T22:00:00Z", to: "2026-04-01T00:00:00Z" },
    ].map(exclusion);
    const byStart = (rules: { readonly exclusions: readonly { from: number; isLocal: boolean }[] }) =>
      rules.exclusions.toSorted((a, b) => a.from - b.from || Number(a.isLocal) - Number(b.isLocal));
    assert.deepEqual(byStart(await rulesOf(sql, "a")), expected);
  },
);

databaseTest("a withdrawn exclusion is not brought back, and a notice counts its rows", async ({ sql }) => {
  const rows = ["a,2026-03-01 09:00,2026-03-01 12:00,pause,x", "*,2026-03-01 09:00,2026-03-01 12:00,pause,x"];
  await load(sql, EXCLUSIONS, ...rows);
  await sql`update exclusions set withdrawn_at = now(), withdrawn_by = 'page'`;
  assert.deepEqual((await rulesOf(sql, "a")).exclusions, []);
  const { changed, notices } = await load(sql, EXCLUSIONS, ...rows, "a,2026-03-02 09:00,2026-03-02 12:00,pause,y");
  assert.equal(changed, 1);
  assert.deepEqual(notices.map(({ code, count, firstLine }) => [code, count, firstLine]), [[
    "exclusion_withdrawn",
    2,
    2,
  ]]);
  assert.equal((await rulesOf(sql, "a")).exclusions.length, 1);
});

databaseTest(
  "a store whose reason differs leaves an exclusion of several stores, which keeps its reason",
  async ({ sql }) => {
    const row = "2026-03-01 09:00,2026-03-01 12:00,pause";
    await load(sql, EXCLUSIONS, `a,${row},x`);
    await load(sql, POLLS, "b,active,2026-01-01 00:00:00 UTC");
    await sql`insert into exclusion_stores select store_key, exclusion_id from stores, exclusions where store_id = 'b'`;
    assert.equal((await load(sql, EXCLUSIONS, `a,${row},x`, `b,${row},x`)).changed, 0);
    await load(sql, EXCLUSIONS, `b,${row},y`);
    assert.deepEqual(await storedExclusions(sql), [
      "a 2026-03-01 09:00 2026-03-01 12:00 pause (x)",
      "b 2026-03-01 09:00 2026-03-01 12:00 pause (y)",
    ]);
    assert.deepEqual((await rulesOf(sql, "b")).exclusions, (await rulesOf(sql, "a")).exclusions);
  },
);

databaseTest("exclusions that say nothing clear are rejected, each with its reason", async ({ sql }) => {
  const { importId } = await load(
    sql,
    EXCLUSIONS,
    "a,2026-03-01 09:00,2026-03-01T12:00Z,pause,x",
    "a,2026-03-01 12:00,2026-03-01 12:00,pause,x",
    "a,2026-03-01,2026-03-02,pause,x",
    "a,2026-03-01 09:00,2026-03-01 12:00,holiday,x",
    "a,2026-03-01 09:00,2026-03-01 12:00,pause,x",
  );
  const found = await reasons(sql, importId);
  assert.match(found[0] ?? "", /^2 to has a time zone and the other end has none/);
  assert.match(found[1] ?? "", /^3 to is not later than the start/);
  assert.match(found[2] ?? "", /^4 from /);
  assert.match(found[3] ?? "", /^5 kind is not a kind of exclusion: write planned/);
  assert.equal(found.length, 4);
});

databaseTest("a bad row for all stores is counted with the rows whose store is not known", async ({ sql }) => {
  const { warnings, storesNew } = await load(sql, SPECIAL, "*,2026-12-25,9,17,", "*,2026-12-26,,,");
  assert.deepEqual([warnings.map(({ code }) => code), storesNew], [["rows_without_store"], 0]);
});
