import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { checkFiles, type FileCheck } from "../../src/ingest/check_files.ts";
import { RULES } from "../support/rules.ts";
import { bodyOf, gzip, HOURS, importText, POLLS, rowsOfAllTables, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const NOON = "2023-01-25 12:00:00 UTC";

/** Checks texts together, as if they were files. */
async function check(sql: Sql, ...contents: (string | Uint8Array)[]): Promise<FileCheck[]> {
  return await checkFiles(
    sql,
    contents.map((content, place) => ({ zoneRules: RULES, source: `${place}.csv`, body: bodyOf(content) })),
  );
}

function stores(check: FileCheck | undefined): Record<string, readonly string[]> {
  return Object.fromEntries(check?.warnings.map(({ code, stores }) => [code, stores]) ?? []);
}

databaseTest("a check says what a load would do, and keeps nothing", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\nknown,Asia/Tokyo\n`);
  const before = await rowsOfAllTables(sql);
  const text = `Status,Store_Id,timestamp_utc\nactive,known,${NOON}\ninactive,new,${NOON}\nasleep,new,${NOON}\n`;
  const [first] = await check(sql, `${text}up!,=1,${NOON}\n`);
  assert.ok(first);
  const { warnings: _, rejects, ...rest } = first;
  assert.deepEqual(rest, {
    source: "0.csv",
    file: 0,
    form: "CSV",
    kind: "polls",
    reason: undefined,
    separator: ",",
    encoding: "UTF-8",
    columns: [
      { column: "store_id", name: "Store_Id" },
      { column: "status", name: "Status" },
      { column: "timestamp_utc", name: "timestamp_utc" },
    ],
    firstRows: [
      { line: 2, row: { store_id: "known", status: "active", timestamp_utc: "2023-01-25T12:00:00Z" } },
      { line: 3, row: { store_id: "new", status: "inactive", timestamp_utc: "2023-01-25T12:00:00Z" } },
    ],
    rows: 4,
    rejected: 2,
    rowsWithoutStore: 1,
    rejectedByReason: [
      {
        code: "status_unknown",
        column: "Status",
        reason: "is neither active nor inactive: write active or inactive (up or down, online or offline)",
        count: 1,
        firstLine: 4,
      },
      {
        code: "id_formula",
        column: "Store_Id",
        reason: 'begins with "=", which a spreadsheet would run as a formula',
        count: 1,
        firstLine: 5,
      },
    ],
    notices: [],
    storesNew: 1,
    storesNewFirst: ["new"],
    storesKnown: 1,
    withoutHours: 2,
    withoutZone: 1,
    withoutPolls: 0,
  });
  assert.deepEqual(rejects.map(({ line }) => line), [4, 5]);
  assert.deepEqual(stores(first), {
    polls_rejected: ["new"],
    rows_without_store: [],
    without_hours: ["known", "new"],
    without_zone: ["new"],
  });
  assert.equal(await rowsOfAllTables(sql), before);
});

databaseTest("a check and the load after it agree", async ({ sql }) => {
  const text = `${HOURS}\na,0,09:00,17:00\na,1,nine,17:00\nb,0,09:00,17:00\nb,1,,\n`;
  const [checked] = await check(sql, text);
  const loaded = await importText(sql, text);
  assert.deepEqual(
    [checked?.rows, checked?.rejected, checked?.storesNew, checked?.rejects, stores(checked).hours_rejected],
    [loaded.rows, loaded.rejected, loaded.storesNew, loaded.rejects, loaded.warnings[0]?.stores],
  );
  assert.deepEqual(checked?.firstRows.at(-1), { line: 5, row: { store_id: "b", openings: [] } });
});

databaseTest("files that are checked together complete each other", async ({ sql }) => {
  const [zones, hours, polls] = await check(
    sql,
    `${TIMEZONES}\na,UTC\nb,UTC\nghost,UTC\n`,
    `${HOURS}\na,0,09:00,17:00\nb,8,09:00,17:00\n`,
    `${POLLS}\na,active,${NOON}\nb,active,${NOON}\nlate,active,${NOON}\n`,
  );
  assert.deepEqual(stores(zones), { without_polls: ["ghost"], without_hours: ["b"] });
  assert.deepEqual(stores(hours), { hours_rejected: ["b"], without_hours: ["b"] });
  assert.deepEqual(stores(polls), { without_hours: ["b", "late"], without_zone: ["late"] });
  assert.deepEqual([zones, hours, polls].map((each) => each?.storesNew), [3, 0, 1]);
});

databaseTest("two files of one kind are checked one after the other", async ({ sql }) => {
  const file = `${POLLS}\na,active,${NOON}\n`;
  const checks = await check(sql, file, file);
  assert.deepEqual(checks.map(({ storesNew, storesKnown }) => [storesNew, storesKnown]), [[1, 0], [0, 1]]);
});

databaseTest("a file that would fail says why, and does not count for the others", async ({ sql }) => {
  const [bad, cut, unknown, good] = await check(
    sql,
    `${TIMEZONES}\na,nowhere\na,never\nb,UTC\n`,
    gzip(`${TIMEZONES}\n${"a,UTC\n".repeat(1_000)}`).subarray(0, -9),
    "id,name\na,b\n",
    `${POLLS}\na,active,${NOON}\nb,active,${NOON}\n`,
  );
  assert.match(bad?.reason ?? "", /^2 of 3 rows are bad, more than the 50% that may be/);
  assert.deepEqual([bad?.rows, bad?.rejected, bad?.storesNew, bad?.rejectedByReason.length], [3, 2, 0, 1]);
  assert.match(cut?.reason ?? "", /The gzip data are cut off/);
  assert.deepEqual([unknown?.kind, unknown?.rows], [undefined, 0]);
  assert.match(unknown?.reason ?? "", /The header tells no kind/);
  assert.equal(good?.reason, undefined);
  assert.deepEqual(stores(good).without_zone, ["a", "b"]);
  assert.equal(await rowsOfAllTables(sql), 0);
});

databaseTest("a store's other rows are one reason, whatever line is bad", async ({ sql }) => {
  const week = (store: string) => Array.from({ length: 7 }, (_, day) => `${store},${day},09:00,17:00`);
  const rows = [...week("a"), "a,8,09:00,17:00", ...week("b"), "b,8,09:00,17:00"];
  const [checked] = await check(sql, [HOURS, ...rows].join("\n"));
  assert.deepEqual(checked?.rejectedByReason.map(({ column, count, firstLine }) => [column, count, firstLine]), [
    ["store_id", 14, 2],
    ["day", 2, 9],
  ]);
});
