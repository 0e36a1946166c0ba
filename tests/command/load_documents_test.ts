import assert from "node:assert/strict";
import { join } from "node:path";
import { checkPaths } from "../../src/command/load/check_paths.ts";
import { loadFiles } from "../../src/command/load/load_files.ts";
import { storedSpecialHours, storedVersions } from "../support/calendar_rows.ts";
import { gzip, rowsOfAllTables } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { RULES } from "../support/rules.ts";

const LOCATIONS = JSON.stringify({
  locations: [{
    storeCode: "a",
    title: "A",
    regularHours: {
      periods: [{ openDay: "MONDAY", openTime: { hours: 9 }, closeDay: "MONDAY", closeTime: { hours: 17 } }],
    },
  }],
});

const HOLIDAYS = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "DTSTART;VALUE=DATE:20261225",
  "SUMMARY:Christmas Day",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "DTSTART:20261224T120000Z",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

/** A folder of files, and what a command says about them. */
async function setUp(files: Record<string, string | Uint8Array>) {
  const folder = await makeTempFolder();
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(join(folder.path, name), bytes);
  }
  const [printed, told]: [string[], string[]] = [[], []];
  const runtime = {
    signal: new AbortController().signal,
    print: (line: string) => void printed.push(line.replaceAll(`${folder.path}/`, "")),
    tell: (line: string) => void told.push(line.replaceAll(`${folder.path}/`, "")),
  };
  return { path: folder.path, printed, told, runtime, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

databaseTest("a folder may have locations and holidays beside tables", async ({ sql }) => {
  await using folder = await setUp({
    "google.json": LOCATIONS,
    "holidays.ics.gz": gzip(HOLIDAYS),
    "package.json": '{"name": "x"}',
    "zones.csv": "store_id,timezone_str\na,UTC\n",
  });
  const results = await loadFiles({ sql, zoneRules: RULES }, { paths: [folder.path] }, folder.runtime);
  assert.deepEqual(results.map(({ kind }) => kind), ["timezones", "hours", "stores", "special-hours"]);
  assert.deepEqual(folder.told, ["package.json: skipped, it has no locations"]);
  assert.deepEqual(await storedVersions(sql), ["a -infinity 0 09:00:00-17:00:00"]);
  assert.deepEqual(await storedSpecialHours(sql), ["* 2026-12-25 closed (Christmas Day)"]);
  assert.ok(folder.printed.some((line) => /^google\.json: 1 row of stores, 1 accepted/.test(line)));
});

databaseTest("a check of holidays shows the dates and the reasons before anything is stored", async ({ sql }) => {
  await using folder = await setUp({ "holidays.ics": HOLIDAYS });
  const before = await rowsOfAllTables(sql);
  await checkPaths(
    { sql, zoneRules: RULES },
    { paths: [`${folder.path}/holidays.ics`], stores: ["a"] },
    folder.runtime,
  );
  assert.deepEqual(folder.printed.slice(0, 4), [
    "holidays.ics: 2 rows of special-hours, 1 would be rejected",
    "  iCalendar, UTF-8",
    '  line 2 is read as {"store_id":"a","date":"2026-12-25","openings":[],"reason":"Christmas Day"}',
    "  1 row, first line 6: DTSTART is a time, but only events of whole days are read: write VALUE=DATE, or load a file of " +
    "special hours",
  ]);
  assert.equal(folder.printed.at(-1), "Nothing was loaded: this was a check");
  assert.equal(await rowsOfAllTables(sql), before);
});

databaseTest("a document that fails is one file that fails", async ({ sql }) => {
  await using folder = await setUp({ "a.json": '{"storeCode": "a", "regularHours": {"periods": [{}]}, "title": "A"}' });
  await assert.rejects(loadFiles({ sql, zoneRules: RULES }, { paths: [folder.path] }, folder.runtime), {
    message: "1 of 1 file could not be loaded",
  });
  assert.match(folder.told[0] ?? "", /^a\.json: not loaded\. 1 of 1 row is bad.*regularHours\.periods\[0\]\.openDay/);
  await assert.rejects(checkPaths({ sql, zoneRules: RULES }, { paths: [folder.path] }, folder.runtime), {
    message: "1 of 1 file would not be loaded",
  });
});
