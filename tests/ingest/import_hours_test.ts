import assert from "node:assert/strict";
import { ANY_REJECTS, HOURS, importText, storedHours, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

databaseTest(
  "R7, R29: a store may have several rows a day, over midnight, of equal times and to 24:00",
  async ({ sql }) => {
    const rows = ["a,0,09:00,12:00", "a,0,13:00:30,17:00", "a,6,22:00,06:00", "a,1,00:00,00:00", "a,2,12:00,24:00:00"];
    assert.equal((await importText(sql, [HOURS, ...rows].join("\n"))).changed, 5);
    assert.deepEqual(await storedHours(sql), [
      "a 0 09:00:00-12:00:00",
      "a 0 13:00:30-17:00:00",
      "a 1 00:00:00-00:00:00",
      "a 2 12:00:00-24:00:00",
      "a 6 22:00:00-06:00:00",
    ]);
  },
);

databaseTest("R12: the same row twice is one", async ({ sql }) => {
  assert.equal((await importText(sql, `${HOURS}\na,0,09:00,12:00\na,0,09:00:00,12:00:00\n`)).changed, 1);
});

databaseTest("R13: hours replace all hours of each store in the file, and of no other", async ({ sql }) => {
  await importText(sql, `${HOURS}\na,0,09:00,12:00\na,1,09:00,12:00\nb,0,09:00,12:00\n`);
  const { changed } = await importText(sql, `${HOURS}\na,1,09:00,12:00\na,2,09:00,12:00\n`);
  assert.equal(changed, 2, "one is gone, one is new");
  assert.deepEqual(await storedHours(sql), ["a 1 09:00:00-12:00:00", "a 2 09:00:00-12:00:00", "b 0 09:00:00-12:00:00"]);
});

databaseTest("R9, R13: a store whose rows are all rejected keeps its hours", async ({ sql }) => {
  await importText(sql, `${HOURS}\na,0,09:00,12:00\nb,0,09:00,12:00\n`);
  const bad = `${HOURS}\na,8,09:00,12:00\na,1,24:00,12:00\n`;
  const { rejected, changed } = await importText(sql, bad, ANY_REJECTS);
  assert.deepEqual({ rejected, changed }, { rejected: 2, changed: 0 });
  assert.equal((await storedHours(sql)).length, 2);
});

databaseTest("R12: the same file of hours twice changes nothing the second time", async ({ sql }) => {
  const text = `${HOURS}\na,0,09:00,12:00\nb,6,20:00,24:00\n`;
  await importText(sql, text);
  assert.equal((await importText(sql, text)).changed, 0);
});

databaseTest("R13, R34: a zone is kept under its canonical spelling; the last row of a store wins", async ({ sql }) => {
  const { changed } = await importText(sql, `${TIMEZONES}\na,Europe/Paris\nb,asia/tokyo\na,america/denver\n`);
  assert.equal(changed, 2);
  assert.deepEqual(await storedStores(sql), ["a America/Denver", "b Asia/Tokyo"]);
});

databaseTest("R13: zones are upserted: a store that the file does not name keeps its own", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\na,Europe/Paris\nb,Asia/Tokyo\n`);
  const { changed } = await importText(sql, `${TIMEZONES}\nb,Asia/Seoul\nc,Asia/Tokyo\n`);
  assert.equal(changed, 2);
  assert.deepEqual(await storedStores(sql), ["a Europe/Paris", "b Asia/Seoul", "c Asia/Tokyo"]);
});

databaseTest("R8, R9: an unknown zone is rejected, and the store keeps the one it has", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\na,Europe/Paris\n`);
  const { rejects } = await importText(sql, `${TIMEZONES}\na,Mars/Olympus\n`, ANY_REJECTS);
  assert.deepEqual(rejects, [
    {
      line: 2,
      column: "timezone_str",
      value: "Mars/Olympus",
      reason: "is not a time zone: write an IANA name such as America/New_York",
    },
  ]);
  assert.deepEqual(await storedStores(sql), ["a Europe/Paris"]);
});
