import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOptions } from "../../src/command/load.ts";
import { listRejects, loadFiles } from "../../src/command/load_files.ts";
import { Misuse } from "../../src/command/run.ts";
import { gzip, HOURS, POLLS, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { RULES } from "../support/rules.ts";

const FILES: Record<string, string | Uint8Array> = {
  "a_polls.csv": `${POLLS}\na,active,2023-01-25 12:00:00 UTC\nb,sleepy,2023-01-25 12:00:00 UTC\n`,
  "hours.CSV": `${HOURS}\na,0,09:00,17:00\n`,
  "zones.csv.gz": gzip(`${TIMEZONES}\na,Asia/Tokyo\n`),
  "other.csv": "name,value\n1,2\n",
  "notes.txt": POLLS,
};

/** A folder of files, and what a command says about them. */
async function setUp(files: Record<string, string | Uint8Array> = FILES) {
  const folder = await makeTempFolder();
  const encoder = new TextEncoder();
  for (const [name, content] of Object.entries(files)) {
    await Deno.writeFile(join(folder.path, name), typeof content === "string" ? encoder.encode(content) : content);
  }
  const printed: string[] = [];
  const told: string[] = [];
  const runtime = {
    signal: new AbortController().signal,
    print: (line: string) => void printed.push(line),
    tell: (line: string) => void told.push(line),
  };
  return { path: folder.path, printed, told, runtime, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

databaseTest(
  "a folder is searched for files whose header tells their kind: zones first, polls last",
  async ({ sql }) => {
    await using folder = await setUp();
    const results = await loadFiles({ sql, rules: RULES }, { paths: [folder.path] }, folder.runtime);
    assert.deepEqual(results.map(({ kind }) => kind), ["timezones", "hours", "polls"]);
    assert.deepEqual(await storedStores(sql), ["a Asia/Tokyo", "b -"]);
    assert.deepEqual(folder.told, [`${folder.path}/other.csv: skipped, its header tells no kind of file`]);
  },
);

databaseTest("each file is told with its counts, the first rejects, and how to list all", async ({ sql }) => {
  await using folder = await setUp();
  const [result] = await loadFiles(
    { sql, rules: RULES },
    { kind: "polls", paths: [`${folder.path}/a_polls.csv`] },
    folder.runtime,
  );
  const [counts = "", ...rest] = folder.printed;
  assert.match(counts, /a_polls.csv: 2 rows of polls, 1 accepted, 1 rejected, 1 changed, 0\.\d\d s, [\d,]+ rows\/s$/);
  assert.deepEqual(rest, [
    '  line 3: status "sleepy" is neither active nor inactive',
    `  all rejected rows as CSV: deno task load --rejects ${result?.importId}`,
  ]);
  folder.printed.length = 0;
  await listRejects(sql, result?.importId ?? "", folder.runtime);
  assert.equal(folder.printed[1], `${folder.path}/a_polls.csv,3,status,sleepy,is neither active nor inactive`);
});

databaseTest(
  "a file that cannot be taken in is told, the others are loaded, and the command fails",
  async ({ sql }) => {
    await using folder = await setUp();
    const paths = [`${folder.path}/other.csv`, `${folder.path}/a_polls.csv`];
    await assert.rejects(
      loadFiles({ sql, rules: RULES }, { kind: "polls", paths }, folder.runtime),
      /1 of 2 files could not be loaded/,
    );
    assert.match(folder.told.join(), /other.csv: not loaded. A file of polls needs the columns store_id, status/);
    assert.equal((await storedPolls(sql)).length, 1);
  },
);

databaseTest(
  "a missing file, a folder in place of a file, and a folder without data have clear errors",
  async ({ sql }) => {
    await using folder = await setUp({ "notes.txt": "x" });
    const attempt = (paths: string[], kind?: "polls") =>
      loadFiles({ sql, rules: RULES }, { kind, paths }, folder.runtime);
    await assert.rejects(attempt(["missing.csv"]), { message: "missing.csv does not exist" });
    await assert.rejects(attempt(["missing.csv"], "polls"), { message: "missing.csv does not exist" });
    await assert.rejects(attempt([folder.path], "polls"), /is a folder: "deno task load .*", without a kind/);
    await assert.rejects(attempt([folder.path]), /has no .csv or .csv.gz file of polls, hours or timezones/);
    await assert.rejects(attempt([`${folder.path}/notes.txt/a.csv`]), /cannot be read/);
  },
);

databaseTest("rejects of an import that does not exist are an error", async ({ sql }) => {
  await using folder = await setUp({});
  await assert.rejects(listRejects(sql, "nonsense", folder.runtime), { message: "There is no import nonsense" });
});

Deno.test("the first word may be a kind, and there must be a path", () => {
  assert.deepEqual(loadOptions(["hours", "a.csv", "b.csv"]), { kind: "hours", paths: ["a.csv", "b.csv"] });
  assert.deepEqual(loadOptions(["data"]), { kind: undefined, paths: ["data"] });
  for (const words of [[], ["polls"]]) assert.throws(() => loadOptions(words), Misuse);
});
