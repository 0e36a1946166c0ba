import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOptions } from "../../src/command/load/load.ts";
import { listRejects, loadFiles } from "../../src/command/load/load_files.ts";
import { Misuse } from "../../src/command/run.ts";
import { gzip, HOURS, POLLS, storedHours, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
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
    const results = await loadFiles({ sql, zoneRules: RULES }, { paths: [folder.path] }, folder.runtime);
    assert.deepEqual(results.map(({ kind }) => kind), ["timezones", "hours", "polls"]);
    assert.deepEqual(await storedStores(sql), ["a Asia/Tokyo", "b -"]);
    assert.deepEqual(folder.told, [`${folder.path}/other.csv: skipped, its header has no column store_id`]);
  },
);

databaseTest("each file is printed with its counts, its first rejects, and how to list all", async ({ sql }) => {
  await using folder = await setUp();
  const [result] = await loadFiles(
    { sql, zoneRules: RULES },
    { kind: "polls", paths: [`${folder.path}/a_polls.csv`] },
    folder.runtime,
  );
  const [counts = "", ...rest] = folder.printed;
  assert.match(
    counts,
    /a_polls.csv: 2 rows of polls, 1 accepted, 1 rejected, 1 added or changed, 0\.\d\d s, [\d,]+ rows\/s$/,
  );
  assert.deepEqual(rest, [
    '  line 3: status "sleepy" is neither active nor inactive: write active or inactive (up or down, online or offline)',
    `  list all rejected rows as CSV: deno task load --rejects ${result?.importId}`,
    "  2 new stores: a, b",
    "warning: 1 store has rejected polls: its uptime is computed without them",
    "  b",
    "warning: 1 store has polls but no business hours: it counts as always open",
    "  a",
    "warning: 1 store has polls but no time zone: it counts in America/Chicago",
    "  a",
  ]);
  folder.printed.length = 0;
  await listRejects(sql, result?.importId ?? "", folder.runtime);
  assert.equal(
    folder.printed[1],
    `${folder.path}/a_polls.csv,3,status,sleepy,"is neither active nor inactive: write active or inactive (up or down, online or offline)"`,
  );
});

databaseTest(
  "a file that cannot be loaded is named, the others load, and the command fails",
  async ({ sql }) => {
    await using folder = await setUp();
    const paths = [`${folder.path}/other.csv`, `${folder.path}/a_polls.csv`];
    await assert.rejects(
      loadFiles({ sql, zoneRules: RULES }, { kind: "polls", paths }, folder.runtime),
      /1 of 2 files could not be loaded/,
    );
    assert.match(
      folder.told.join(),
      /other.csv: not loaded. A file of polls needs the columns store_id or store or storeid, status/,
    );
    assert.equal((await storedPolls(sql)).length, 1);
  },
);

databaseTest("the fault of a file in a folder is named, and the others load", async ({ sql }) => {
  const cut = gzip(`${POLLS}\n${"b,active,2023-01-25 12:00:00 UTC\n".repeat(1_000)}`).subarray(0, -9);
  await using folder = await setUp({
    ...FILES,
    "cut.csv.gz": cut,
    "empty.csv": "",
    "lacks.csv": "store_id,status\na,active\n",
  });
  await Deno.symlink("nowhere.csv", join(folder.path, "broken.csv"));
  await Deno.mkdir(join(folder.path, "folder.csv"));
  const loading = loadFiles({ sql, zoneRules: RULES }, { paths: [folder.path] }, folder.runtime);
  await assert.rejects(loading, /4 of 7 files could not be loaded/);
  const told = folder.told.join("\n").replaceAll(`${folder.path}/`, "");
  assert.match(told, /^other\.csv: skipped, its header has no column store_id$/m);
  assert.match(told, /^broken\.csv: not loaded\. broken\.csv does not exist$/m);
  assert.match(told, /^cut\.csv\.gz: not loaded\. The gzip data are cut off/m);
  assert.match(told, /^empty\.csv: not loaded\. The file is empty/m);
  assert.match(told, /^lacks\.csv: not loaded\. .*timestamp_utc/m);
  assert.deepEqual(await storedStores(sql), ["a Asia/Tokyo", "b -"]);
});

databaseTest("a file with too many bad rows fails, and its rejects can be listed", async ({ sql }) => {
  await using folder = await setUp();
  const options = { paths: [`${folder.path}/a_polls.csv`] };
  const ground = { sql, zoneRules: RULES };
  await assert.rejects(loadFiles(ground, { ...options, maxRejects: { rows: 0 } }, folder.runtime), /1 of 1 file could/);
  const [why = "", hint = ""] = folder.told;
  assert.match(why, /not loaded\. 1 of 2 rows is bad, more than the 0 that may be/);
  const importId = /--rejects (\S+)$/.exec(hint)?.[1] ?? "";
  await listRejects(sql, importId, folder.runtime);
  assert.match(folder.printed[1] ?? "", /a_polls\.csv,3,status,sleepy,/);
  await loadFiles(ground, options, folder.runtime);
});

databaseTest("all stores are looked at once, when all files are loaded", async ({ sql }) => {
  await using folder = await setUp({
    "hours.csv": `${HOURS}\na,0,09:00,17:00\n`,
    "polls.csv": `${POLLS}\na,active,2023-01-25 12:00:00 UTC\n`,
    "zones.csv": `${TIMEZONES}\na,Asia/Tokyo\nghost,Asia/Tokyo\n`,
  });
  const results = await loadFiles({ sql, zoneRules: RULES }, { paths: [folder.path] }, folder.runtime);
  assert.deepEqual(folder.printed.filter((line) => line.startsWith("warning")), [
    "warning: 1 store has business hours or a time zone, but never had a poll: check its id",
  ]);
  assert.deepEqual(results.map(({ warnings }) => warnings.length), [0, 0, 1]);
});

databaseTest("a store that a file spoils keeps its week, and load exits with 0", async ({ sql, address }) => {
  const week = Array.from({ length: 7 }, (_, day) => `r1,${day},09:00,17:00`).join("\n");
  await using first = await setUp({ "hours.csv": `${HOURS}\n${week}\n` });
  await using second = await setUp({ "hours.csv": `${HOURS}\n${week.replace("r1,3,09:00", "r1,3,25:61")}\n` });
  const env = environmentOf(address);
  assert.equal((await runTask("load", [first.path], env)).code, 0);
  const { code, out } = await runTask("load", [second.path], env);
  assert.equal(code, 0, out);
  assert.match(out, /line 5: start_time_local "25:61"/);
  assert.match(out, /warning: 1 store has rejected rows of business hours/);
  assert.equal((await storedHours(sql)).length, 7);
  assert.equal((await runTask("load", ["--max-rejects", "0", second.path], env)).code, 1);
  const misused = await runTask("load", ["--max-rejects", "half", second.path], env);
  assert.equal(misused.code, 2);
  assert.match(misused.err, /must be a number of rows, such as 100, or a percentage, such as 10%/);
});

databaseTest("load --check says what would happen, and loads nothing", async ({ sql, address }) => {
  await using folder = await setUp();
  const env = environmentOf(address);
  const { code, out, err } = await runTask("load", ["--check", folder.path], env);
  assert.equal(code, 0, err);
  const lines = out.replaceAll(`${folder.path}/`, "").split("\n");
  for (
    const line of [
      "zones.csv.gz: 1 row of timezones, 0 would be rejected",
      '  UTF-8, separated by ","; columns: store_id, timezone_str',
      '  line 2 is read as {"store_id":"a","timezone_str":"Asia/Tokyo"}',
      "a_polls.csv: 2 rows of polls, 1 would be rejected",
      "  1 row, first line 3: status is neither active nor inactive: write active or inactive (up or down, online or offline)",
      "  1 known store",
      "  1 new store: b",
      "warning: 1 store has rejected polls: its uptime is computed without them",
      "Nothing was loaded: this was a check",
    ]
  ) assert.ok(lines.includes(line), `${line}\n\n${out}`);
  assert.deepEqual(await storedStores(sql), []);
  const failing = await runTask("load", ["--check", "--max-rejects", "0", folder.path], env);
  assert.equal(failing.code, 1);
  assert.match(failing.err, /1 of 3 files would not be loaded/);
});

databaseTest(
  "a missing file, a folder in place of a file, and a folder without data have clear errors",
  async ({ sql }) => {
    await using folder = await setUp({ "notes.txt": "x" });
    const attempt = (paths: string[], kind?: "polls") =>
      loadFiles({ sql, zoneRules: RULES }, { kind, paths }, folder.runtime);
    await assert.rejects(attempt(["missing.csv"]), { message: "missing.csv does not exist" });
    await assert.rejects(attempt(["missing.csv"], "polls"), { message: "missing.csv does not exist" });
    await assert.rejects(attempt([folder.path], "polls"), /is a folder: "deno task load .*", without a kind/);
    await assert.rejects(
      attempt([folder.path]),
      /has no .csv, .json or .ics file of polls, hours, special-hours, exclusions, timezones or stores/,
    );
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
  assert.deepEqual(loadOptions(["special_hours", "a.csv"]), { kind: "special-hours", paths: ["a.csv"] });
  assert.deepEqual(loadOptions(["hours", "a.csv"], "stores"), { kind: "stores", paths: ["hours", "a.csv"] });
  for (const words of [[], ["polls"]]) assert.throws(() => loadOptions(words), Misuse);
});
