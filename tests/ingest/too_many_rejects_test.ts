import assert from "node:assert/strict";
import { FailedFile } from "../../src/ingest/failed_file.ts";
import { getImport } from "../../src/db/imports/imports.ts";
import { streamRejects } from "../../src/db/imports/rejects.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import {
  HOURS,
  importText,
  POLLS,
  rowsOfAllTables,
  storedHours,
  storedPolls,
  storedStores,
  TIMEZONES,
} from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const NOON = "2023-01-25 12:00:00 UTC";

async function failure(attempt: Promise<unknown>): Promise<FailedFile> {
  const error = await attempt.then(() => undefined, (error) => error);
  return error instanceof FailedFile ? error : assert.fail(`It did not fail: ${error}`);
}

async function rejectedLines(sql: Sql, importId: string): Promise<number[]> {
  return await Array.fromAsync(streamRejects(sql, importId), ({ line }) => line);
}

databaseTest("a file with more bad rows than half changes nothing, and its rejects can be read", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\na,Asia/Tokyo\n`);
  const before = await rowsOfAllTables(sql);
  const text = `${POLLS}\nnew,active,${NOON}\nb,bad,${NOON}\nc,worse,${NOON}\n`;
  const { record, message } = await failure(importText(sql, text));
  assert.match(message, /^2 of 3 rows are bad, more than the 50% that may be\..* line 3: status "bad" is neither/);
  const { status, rows, accepted, rejected, changed, reason } = record;
  assert.deepEqual(
    { status, rows, accepted, rejected, changed, reason },
    { status: "failed", rows: 3, accepted: 0, rejected: 2, changed: 0, reason: message },
  );
  assert.deepEqual(await getImport(sql, record.importId), record);
  assert.deepEqual(await rejectedLines(sql, record.importId), [3, 4]);
  assert.deepEqual(await storedPolls(sql), []);
  assert.deepEqual(await storedStores(sql), ["a Asia/Tokyo"], "not even a store is new");
  assert.equal(await rowsOfAllTables(sql), before + 3, "the record and two rejects");
});

databaseTest("exactly half may be bad", async ({ sql }) => {
  const { status, rejected } = await importText(sql, `${POLLS}\na,active,${NOON}\nb,bad,${NOON}\n`);
  assert.deepEqual({ status, rejected }, { status: "loaded", rejected: 1 });
});

databaseTest("a file may be held to fewer bad rows, or to none", async ({ sql }) => {
  const text = `${POLLS}\nb,bad,${NOON}\n${`a,active,${NOON}\n`.repeat(9)}`;
  for (const maxRejects of [{ rows: 0 }, { share: 9 * 10_000 }]) await failure(importText(sql, text, { maxRejects }));
  for (const maxRejects of [{ rows: 1 }, { share: 10 * 10_000 }]) await importText(sql, text, { maxRejects });
});

databaseTest("rows rejected because of another row do not count as bad", async ({ sql }) => {
  const week = Array.from({ length: 6 }, (_, day) => `a,${day},09:00,17:00`).join("\n");
  const { rows, rejected } = await importText(sql, `${HOURS}\n${week}\na,8,09:00,17:00\n`);
  assert.deepEqual({ rows, rejected }, { rows: 7, rejected: 7 });
  assert.deepEqual(await storedHours(sql), []);
});

databaseTest("a file that fails in the middle keeps the rejects up to there", async ({ sql }) => {
  const text = `${POLLS}\n${`a,bad,${NOON}\n`.repeat(3)}${`a,active,${NOON}\n`.repeat(6_000)}"unclosed`;
  const { record } = await failure(importText(sql, text));
  assert.match(record.reason ?? "", /A quote is not closed/);
  assert.equal(record.rejected, 3);
  assert.deepEqual(await rejectedLines(sql, record.importId), [2, 3, 4]);
  assert.deepEqual(await storedPolls(sql), []);
});

databaseTest("a file whose kind is not known leaves a record without a kind", async ({ sql }) => {
  const { record } = await failure(importText(sql, "id,name\na,b\n"));
  assert.deepEqual(await getImport(sql, record.importId), record);
  assert.deepEqual([record.kind, record.rows, record.rejected], [undefined, 0, 0]);
});
