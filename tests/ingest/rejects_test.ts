import assert from "node:assert/strict";
import { getImport } from "../../src/db/imports/imports.ts";
import { streamRejects } from "../../src/db/imports/rejects.ts";
import { rejectsCsv } from "../../src/ingest/rejects_csv.ts";
import { ANY_REJECTS, importText, POLLS, storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const NOON = "2023-01-25 12:00:00 UTC";
const NO_INSTANT = "is a word whose instant depends on when it was written: write it as 2023-01-25 18:13:22 UTC";
const NO_STATUS = "is neither active nor inactive: write active or inactive (up or down, online or offline)";

databaseTest("R9: a bad row is rejected with line, column, value and reason, and the others load", async ({ sql }) => {
  const text = `Store_ID,extra,status,timestamp_utc
a,"two
lines",active,${NOON}
b,,sleepy,${NOON}

,,active,${NOON}
=d,,active,${NOON}
e,,active,yesterday
f,,active
g,,active,${NOON},more
`;
  const { importId, rows, accepted, rejected, rejects } = await importText(sql, text, ANY_REJECTS);
  assert.deepEqual({ rows, accepted, rejected }, { rows: 7, accepted: 1, rejected: 6 });
  assert.deepEqual(rejects, [
    { line: 4, column: "status", value: "sleepy", reason: NO_STATUS },
    { line: 6, column: "Store_ID", value: "", reason: "is empty: each row needs the id of its store" },
    { line: 7, column: "Store_ID", value: "=d", reason: 'begins with "=", which a spreadsheet would run as a formula' },
    { line: 8, column: "timestamp_utc", value: "yesterday", reason: NO_INSTANT },
    { line: 9, column: undefined, value: "f,,active", reason: "has 3 fields, the header has 4" },
    { line: 10, column: undefined, value: `g,,active,${NOON},more`, reason: "has 5 fields, the header has 4" },
  ]);
  assert.deepEqual(await Array.fromAsync(streamRejects(sql, importId)), rejects);
  assert.equal((await storedPolls(sql)).length, 1);
});

databaseTest("R9: all rejects are kept, however many, and the first 20 are returned", async ({ sql }) => {
  const { importId, rejected, rejects } = await importText(sql, POLLS + "\na,active,never".repeat(12_345), ANY_REJECTS);
  assert.equal(rejected, 12_345);
  assert.equal(rejects.length, 20);
  const kept = await Array.fromAsync(streamRejects(sql, importId), ({ line }) => line);
  assert.deepEqual(kept, Array.from({ length: 12_345 }, (_, index) => index + 2));
});

databaseTest("a long value is kept to 200 characters", async ({ sql }) => {
  const { rejects } = await importText(
    sql,
    `${POLLS}\na,${"🍕".repeat(201)},${NOON}\nb,${"x".repeat(200)},${NOON}\n`,
    ANY_REJECTS,
  );
  assert.deepEqual(rejects.map(({ value }) => value), [`${"🍕".repeat(200)}…`, "x".repeat(200)]);
});

databaseTest("an import can be read back, and a malformed id finds nothing", async ({ sql }) => {
  const { rejects: _, others: __, ...result } = await importText(sql, `${POLLS}\na,active,${NOON}\nb,?,${NOON}`, {
    source: "a\0\ud800.csv",
  });
  assert.deepEqual(await getImport(sql, result.importId), { ...result, source: "a␀�.csv" });
  assert.equal(await getImport(sql, "nonsense'; drop table polls"), undefined);
  assert.equal(await getImport(sql, crypto.randomUUID()), undefined);
});

databaseTest("rejects are written as CSV that no spreadsheet runs", async ({ sql }) => {
  const { importId } = await importText(
    sql,
    `${POLLS}\n=1+1,active,${NOON}\na,"x,""y""",${NOON}\nb,active\n`,
    ANY_REJECTS,
  );
  assert.deepEqual(await Array.fromAsync(rejectsCsv("a.csv", streamRejects(sql, importId))), [
    "file,line,column,value,reason\n",
    'a.csv,2,store_id,\'=1+1,"begins with ""="", which a spreadsheet would run as a formula"\n',
    `a.csv,3,status,"x,""y""","${NO_STATUS}"\n`,
    'a.csv,4,,"b,active","has 2 fields, the header has 3"\n',
  ]);
});
