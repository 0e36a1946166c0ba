import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { bodyOf, gzip, importText, POLLS, storedPolls, storedStores } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { RULES } from "../support/rules.ts";

const NOON = "2023-01-25 12:00:00 UTC";
const NOON_MICROS = 1_674_648_000_000_000;

databaseTest("R3, R16: a file of polls loads to the microsecond, with a result", async ({ sql }) => {
  const text = `${POLLS}\n9222367421889482050,active,2023-01-25 12:00:00.000001 UTC\n7,Inactive,${NOON}\n`;
  const { importId, warnings: _, startedAt, finishedAt, ...result } = await importText(sql, text, { source: "a.csv" });
  assert.match(importId, /^[0-9a-f-]{36}$/);
  assert.ok(startedAt <= finishedAt);
  assert.deepEqual(result, {
    kind: "polls",
    source: "a.csv",
    status: "loaded",
    reason: undefined,
    bytes: text.length,
    rows: 2,
    accepted: 2,
    rejected: 0,
    rowsWithoutStore: 0,
    changed: 2,
    storesNew: 2,
    storesNewFirst: ["7", "9222367421889482050"],
    notices: [],
    rejects: [],
    others: [],
  });
  assert.deepEqual(await storedPolls(sql), [
    `7 ${NOON_MICROS} inactive`,
    `9222367421889482050 ${NOON_MICROS + 1} active`,
  ]);
});

databaseTest("empty fields beyond the header's are dropped, with a notice; others are not", async ({ sql }) => {
  const text =
    `${POLLS},,\na,active,${NOON}\nb,active,${NOON},,, \nc,active,${NOON},x,\nd,active,${NOON},,,x\ne,active\n`;
  const { accepted, rejects, notices } = await importText(sql, text);
  assert.equal(accepted, 3);
  assert.deepEqual(rejects.map(({ line, reason }) => [line, reason]), [
    [5, "has 6 fields, the header has 5"],
    [6, "has 2 fields, the header has 5"],
  ]);
  assert.deepEqual(notices.map(({ code, count, firstLine }) => [code, count, firstLine]), [[
    "empty_fields_dropped",
    1,
    3,
  ]]);
});

databaseTest("R12: the same file twice changes nothing the second time", async ({ sql }) => {
  const text = `${POLLS}\na,active,${NOON}\nb,inactive,${NOON}\n`;
  assert.equal((await importText(sql, text)).changed, 2);
  const polls = await storedPolls(sql);
  assert.equal((await importText(sql, text)).changed, 0);
  assert.deepEqual(await storedPolls(sql), polls);
});

databaseTest("R12: of two polls at one instant inactive wins, whichever comes first in a file", async ({ sql }) => {
  await importText(sql, `${POLLS}\na,active,${NOON}\na,inactive,${NOON}\nb,inactive,${NOON}\nb,active,${NOON}\n`);
  assert.deepEqual(await storedPolls(sql), [`a ${NOON_MICROS} inactive`, `b ${NOON_MICROS} inactive`]);
});

databaseTest("R12: of two polls at one instant inactive wins, whichever file comes first", async ({ sql }) => {
  await importText(sql, `${POLLS}\na,active,${NOON}\nb,inactive,${NOON}\n`);
  const { changed } = await importText(sql, `${POLLS}\na,inactive,${NOON}\nb,active,${NOON}\n`);
  assert.equal(changed, 1);
  assert.deepEqual(await storedPolls(sql), [`a ${NOON_MICROS} inactive`, `b ${NOON_MICROS} inactive`]);
});

databaseTest("R6, R12: one instant written in two ways is one poll", async ({ sql }) => {
  await importText(sql, `${POLLS}\na,active,2023-01-25T12:00:00.000Z\na,active,2023-01-25 06:00:00-06:00\n`);
  assert.deepEqual(await storedPolls(sql), [`a ${NOON_MICROS} active`]);
});

databaseTest(
  "R1, R2: quotes, a byte-order mark, CRLF, gzip, another order of columns and more of them change nothing",
  async ({ sql }) => {
    const header = "\ufeffTIMESTAMP_UTC , note,Status,STORE_ID\r\n";
    const rows = `"${NOON}","x, ""y""\r\nz",active,"a"\r\n\r\n${NOON},,INACTIVE, b \r\n`;
    await importText(sql, gzip(header + rows));
    assert.deepEqual(await storedPolls(sql), [`a ${NOON_MICROS} active`, `b ${NOON_MICROS} inactive`]);
  },
);

databaseTest("R3: a store id with quotes, commas, braces and backslashes is kept as it is", async ({ sql }) => {
  const id = String.raw`a"b,c\d{e}'f'`;
  await importText(sql, `${POLLS}\n"${id.replaceAll('"', '""')}",active,${NOON}\n`);
  assert.deepEqual(await storedPolls(sql), [`${id} ${NOON_MICROS} active`]);
});

databaseTest("a file with a header and no rows is loaded, and changes nothing", async ({ sql }) => {
  const { rows, changed } = await importText(sql, POLLS);
  assert.deepEqual({ rows, changed, polls: await storedPolls(sql) }, { rows: 0, changed: 0, polls: [] });
});

databaseTest("R14: a store that only rejected rows name exists, too, if its id can be read", async ({ sql }) => {
  await importText(sql, `${POLLS}\na,active,${NOON}\nb,unknown,${NOON}\n=c,active,${NOON}\nd,active,${NOON}\n`);
  assert.deepEqual(await storedStores(sql), ["a -", "b -", "d -"]);
});

databaseTest("R14: more stores and rows than one batch holds are all there", async ({ sql }) => {
  const lines = Array.from(
    { length: 12_000 },
    (_, index) => `s${index % 7_000},active,2023-01-25 12:00:00.${index} UTC`,
  );
  const { accepted } = await importText(sql, [POLLS, ...lines.map((line) => line.slice(0, 60))].join("\n"));
  assert.equal(accepted, 12_000);
  assert.equal((await storedStores(sql)).length, 7_000);
});

databaseTest("progress counts bytes and rows up to the merge", async ({ sql }) => {
  const text = POLLS + `\na,active,${NOON}`.repeat(10_000);
  const seen: { bytes: number; rows: number; phase: string }[] = [];
  await importFile(sql, {
    zoneRules: RULES,
    source: "a.csv",
    body: bodyOf(text),
    onProgress: (progress) => seen.push(progress),
  });
  assert.deepEqual(seen, seen.toSorted((a, b) => a.rows - b.rows || a.bytes - b.bytes));
  assert.deepEqual(seen.at(-1), { bytes: text.length, rows: 10_000, rejected: 0, phase: "merging" });
});
