/**
 * Folders of three files that were damaged at random, loaded as the command loads them. Without a mark that names the store, the
 * report has the numbers of what the second reader makes of the same bytes. `HOSTILE_FOLDERS=10000` tries as many.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { loadFiles } from "../../src/command/load/load_files.ts";
import { classicRows } from "../support/classic_rows.ts";
import { storedPolls } from "../support/csv_file.ts";
import { damagedFolder } from "../support/damaged_folders.ts";
import { type Fixture, openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { type Reading, readSecond } from "../support/second_reader/second_reader.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const RUNS = Number(Deno.env.get("HOSTILE_FOLDERS") ?? 200);

Deno.test(`${RUNS} damaged folders give the report of what a second reader reads, name the store, or fail`, async () => {
  await using bench = await openFixture();
  await using folder = await makeTempFolder();
  const now = Date.now() * 1000;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(damagedFolder, async (files) => {
      await empty(bench);
      await writeFiles(folder.path, files);
      if (!await load(bench, folder.path)) return;
      const expected = classicRows(files.map(secondReading), now);
      if (expected === undefined) assert.deepEqual(await storedPolls(bench.sql), []);
      else compared += compare(await reported(bench), expected);
    }),
    { numRuns: RUNS },
  );
  assert.ok(compared > RUNS / 2, `Only ${compared} rows of ${RUNS} folders were compared: the damage is too hard`);
});

/** Emptied row by row: to truncate them takes 25 ms, and to delete a few rows takes 1 ms. */
const TABLES = "reports, rejects, store_marks, imports, business_hours, poll_days, latest_polls, stores".split(
  ", ",
);

async function empty({ sql }: Fixture): Promise<void> {
  for (const table of TABLES) await sql`delete from ${sql(table)}`;
}

async function writeFiles(folder: string, files: readonly Uint8Array[]): Promise<void> {
  for (const [at, bytes] of files.entries()) await Deno.writeFile(join(folder, `${at}.csv`), bytes);
}

/** @returns whether all files were taken in, as kinds that the second reader knows: a damaged header can make a file one of stores */
async function load({ sql }: Fixture, folder: string): Promise<boolean> {
  const quiet = { signal: new AbortController().signal, print() {}, tell() {} };
  const fault = await loadFiles({ sql, zoneRules: RULES }, { paths: [folder] }, quiet).then(() => "", String);
  assert.match(fault, /^$|files? could not be loaded$|has no \.csv/, "a load fails with a reason, never with a crash");
  const [taken] = await sql<{ others: number }[]>`
    select count(*) as others from imports where kind not in ('polls', 'hours', 'timezones')`;
  return fault === "" && taken?.others === 0;
}

/** What the second reader makes of a file; `undefined` if the file gives no rows. */
function secondReading(bytes: Uint8Array): Reading | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return readSecond(bytes, RULES.zones);
  try {
    return secondReading(new Uint8Array(gunzipSync(bytes)));
  } catch {
    return undefined;
  }
}

interface Reported {
  readonly rows: ReadonlyMap<string, string>;
  /** The stores that the report's marks name. */
  readonly marked: ReadonlySet<string>;
}

async function reported(bench: Fixture): Promise<Reported> {
  const { csv = "", report } = await bench.report({ precision: 6 });
  const rows = csv.split("\n").filter((row) => row !== "").map((row): [string, string] => {
    const [, store = "", numbers = ""] = /^(.*)((?:,[\d.]+){6})$/.exec(row) ?? [];
    return [store.replace(/^"(.*)"$/, "$1").replaceAll('""', '"'), numbers.slice(1)];
  });
  const marks = (report.warnings ?? []).filter(({ code }) => code.endsWith("_rejected"));
  return { rows: new Map(rows), marked: new Set(marks.flatMap(({ stores }) => stores)) };
}

/** @returns how many rows were compared */
function compare({ rows, marked }: Reported, expected: ReadonlyMap<string, string>): number {
  const stores = [...new Set([...rows.keys(), ...expected.keys()])].filter((store) => !marked.has(store));
  for (const store of stores) assert.equal(rows.get(store), expected.get(store), store);
  return stores.length;
}
