import assert from "node:assert/strict";
import { parseColumnAlias } from "../../src/ingest/rows/read_options.ts";
import { importText, storedHours, storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

Deno.test("a column is named as COLUMN=NAME", () => {
  assert.deepEqual(parseColumnAlias("timestamp_utc=seen_at"), ["timestamp_utc", "seen_at"]);
  assert.deepEqual(parseColumnAlias("Timestamp UTC = a=b "), ["timestamp_utc", "a=b"]);
  for (const text of ["", "seen_at", "=x", "status=", "seen_at=timestamp_utc", "toString=x"]) {
    assert.equal(parseColumnAlias(text), undefined, text);
  }
});

databaseTest("a column that counts as timestamp_utc is in UTC", async ({ sql }) => {
  const text = "shop,mood,seen_at\na,up,2023-01-25 12:00:00\n";
  const aliases = new Map([["store_id", "shop"], ["status", "mood"], ["timestamp_utc", "seen_at"]] as const);
  const { kind, notices } = await importText(sql, text, { aliases });
  assert.equal(kind, "polls");
  assert.deepEqual(notices.map(({ code, count }) => [code, count]), [["utc_by_column", 1]]);
  assert.deepEqual(await storedPolls(sql), ["a 1674648000000000 active"]);
});

databaseTest("weekdays are numbered as the options say", async ({ sql }) => {
  const rows = [1, 2, 3, 4, 5, 6, 7].map((day) => `a,${day},09:00,${day + 9}:00`).join("\n");
  const text = `store_id,day,start_time_local,end_time_local\n${rows}\n`;
  await assert.rejects(importText(sql, text), /--days iso/);
  await importText(sql, text, { days: "iso" });
  const hours = await storedHours(sql);
  assert.deepEqual([hours[0], hours[6]], ["a 0 09:00:00-10:00:00", "a 6 09:00:00-16:00:00"]);
});

databaseTest("a file with all days from 1 to 6 and no 0 loads with a warning", async ({ sql }) => {
  const rows = [1, 2, 3, 4, 5, 6].map((day) => `a,${day},09:00,17:00`).join("\n");
  const { warnings } = await importText(sql, `store_id,day,start_time_local,end_time_local\n${rows}\n`);
  assert.match(warnings.find(({ code }) => code === "days_from_one")?.message ?? "", /--days iso/);
});
