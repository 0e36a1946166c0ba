import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { marksOf } from "../../src/db/imports/marks.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { ANY_REJECTS, HOURS, importText, POLLS, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const NOON = "2023-01-25 12:00:00 UTC";

async function marks(sql: Sql, storeId: string): Promise<string[]> {
  return (await marksOf(sql, storeId)).map(({ code }) => code);
}

const KINDS = [
  { code: "hours_rejected", header: HOURS, good: "0,09:00,17:00", bad: "8,09:00,17:00" },
  { code: "zone_rejected", header: TIMEZONES, good: "Asia/Tokyo", bad: "Mars/Olympus" },
  { code: "polls_rejected", header: POLLS, good: `active,${NOON}`, bad: `broken,${NOON}` },
];

for (const { code, header, good, bad } of KINDS) {
  databaseTest(`${code} holds until an import brings good rows of that kind and no bad ones`, async ({ sql }) => {
    const load = (...rows: string[]) => importText(sql, [header, ...rows].join("\n"), ANY_REJECTS);
    const { warnings } = await load(`a,${bad}`, `b,${good}`);
    assert.deepEqual(await marks(sql, "a"), [code]);
    assert.deepEqual(await marks(sql, "b"), []);
    assert.deepEqual(warnings[0]?.stores, ["a"]);
    assert.equal(warnings[0]?.code, code);
    await load(`b,${good}`);
    assert.deepEqual(await marks(sql, "a"), [code], "the file does not name it");
    await load(`a,${good}`, `a,${bad}`, `b,${good}`);
    assert.deepEqual(await marks(sql, "a"), [code], "good rows and bad ones");
    await load(`a,${good}`);
    assert.deepEqual(await marks(sql, "a"), []);
  });
}

databaseTest("a mark is of one kind: other files do not clear it", async ({ sql }) => {
  for (const { header, bad } of KINDS) await importText(sql, `${header}\na,${bad}\n`, ANY_REJECTS);
  assert.deepEqual((await marks(sql, "a")).sort(), ["hours_rejected", "polls_rejected", "zone_rejected"]);
  await importText(sql, `${TIMEZONES}\na,Asia/Tokyo\n`);
  assert.deepEqual((await marks(sql, "a")).sort(), ["hours_rejected", "polls_rejected"]);
});

databaseTest("a mark names the latest import that rejected rows, and since when it holds", async ({ sql }) => {
  const first = await importText(sql, `${TIMEZONES}\na,?\n`, { ...ANY_REJECTS, source: "first.csv" });
  const [mark] = await marksOf(sql, "a");
  assert.deepEqual([mark?.importId, mark?.source], [first.importId, "first.csv"]);
  const second = await importText(sql, `${TIMEZONES}\na,?\n`, { ...ANY_REJECTS, source: "second.csv" });
  const [later] = await marksOf(sql, "a");
  assert.deepEqual([later?.importId, later?.source], [second.importId, "second.csv"]);
  assert.equal(later?.markedAt, mark?.markedAt);
});

databaseTest("a file that fails sets and clears no mark", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\na,?\nb,UTC\n`);
  const mixed = `${TIMEZONES}\na,UTC\nb,?\nc,?\n`;
  await assert.rejects(importText(sql, mixed));
  assert.deepEqual(await marks(sql, "a"), ["zone_rejected"]);
  assert.deepEqual(await marks(sql, "b"), []);
});

databaseTest("live polls set and clear no mark: the sender gets each reject in the answer", async ({ sql }) => {
  await importText(sql, `${POLLS}\na,?,${NOON}\n`, ANY_REJECTS);
  await ingestPolls(sql, [
    { store_id: "a", status: "active", timestamp_utc: NOON },
    { store_id: "b", status: "?", timestamp_utc: NOON },
  ]);
  assert.deepEqual(await marks(sql, "a"), ["polls_rejected"]);
  assert.deepEqual(await marks(sql, "b"), []);
});
