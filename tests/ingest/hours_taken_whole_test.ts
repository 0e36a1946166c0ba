import assert from "node:assert/strict";
import { streamRejects } from "../../src/db/imports/rejects.ts";
import { ANY_REJECTS, HOURS, importText, storedHours, storedStores } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

databaseTest("a store with one bad row keeps all hours that it had; other stores load", async ({ sql }) => {
  await importText(sql, `${HOURS}\na,0,09:00,17:00\na,1,09:00,17:00\nb,0,09:00,17:00\n`);
  const text = `${HOURS}\na,0,10:00,18:00\nb,0,10:00,18:00\na,1,noonish,18:00\na,2,10:00,18:00\n`;
  const { importId, rows, accepted, rejected, rejects } = await importText(sql, text);
  assert.deepEqual({ rows, accepted, rejected }, { rows: 4, accepted: 1, rejected: 3 });
  assert.deepEqual(await storedHours(sql), ["a 0 09:00:00-17:00:00", "a 1 09:00:00-17:00:00", "b 0 10:00:00-18:00:00"]);
  const other = "is a store with a bad row on line 4, so none of its rows in this file is used";
  assert.deepEqual(rejects.map(({ line, column, value }) => [line, column, value]), [
    [4, "start_time_local", "noonish"],
    [2, "store_id", "a"],
    [5, "store_id", "a"],
  ], "the bad row comes first");
  assert.deepEqual(rejects.slice(1).map(({ reason }) => reason), [other, other]);
  const lines = await Array.fromAsync(streamRejects(sql, importId), ({ line }) => line);
  assert.deepEqual(lines, [2, 4, 5], "the list of all is in the order of lines");
});

databaseTest("a row with a field too few spoils its store, if the id comes first", async ({ sql }) => {
  await importText(sql, `${HOURS}\na,0,09:00,17:00\na,1,09:00\n`);
  assert.deepEqual(await storedHours(sql), []);
  await importText(sql, "day,store_id,start_time_local,end_time_local\n0,b,09:00,17:00\n1,b,09:00\n");
  assert.deepEqual(await storedHours(sql), ["b 0 09:00:00-17:00:00"], "whose row it is cannot be known");
});

databaseTest("a store that only rejected rows name exists from then on", async ({ sql }) => {
  const text = `${HOURS}\na,8,09:00,17:00\n=b,0,09:00,17:00\n`;
  const { storesNew, storesNewFirst } = await importText(sql, text, ANY_REJECTS);
  assert.deepEqual(await storedStores(sql), ["a -"]);
  assert.deepEqual({ storesNew, storesNewFirst }, { storesNew: 1, storesNewFirst: ["a"] });
});
