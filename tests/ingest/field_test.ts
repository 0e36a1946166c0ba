/** Files as people have them: reports of each must be those of the same data written plainly. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadFiles } from "../../src/command/load/load_files.ts";
import { importText, storedPolls } from "../support/csv_file.ts";
import { type Fixture, openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";

const FIELD = fileURLToPath(new URL("field", import.meta.url));

/** Loads a folder. @returns what the command says, and that it failed, if it did */
async function load({ sql }: Fixture, folder: string): Promise<string[]> {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const runtime = { signal: new AbortController().signal, print: say, tell: say };
  await loadFiles({ sql, zoneRules: RULES }, { paths: [join(FIELD, folder)] }, runtime)
    .catch((error) => say(`failed: ${error.message}`));
  return said;
}

async function reportOf(folder: string): Promise<Record<string, string>> {
  await using fixture = await openFixture();
  assert.deepEqual((await load(fixture, folder)).filter((line) => line.startsWith("failed")), [], folder);
  return await rowsOf(fixture);
}

/** Each store's row of the report. */
async function rowsOf(fixture: Fixture): Promise<Record<string, string>> {
  const { csv = "" } = await fixture.report({ precision: 6 });
  return Object.fromEntries(csv.trimEnd().split("\n").map((row) => [row.slice(0, row.indexOf(",")), row]));
}

for (
  const folder of [
    "timestamp-without-zone",
    "hours-without-leading-zero",
    "day-names-and-dated-times",
    "semicolon-polls",
    "twelve-hour-clock",
  ]
) {
  Deno.test(`${folder} gives the report of the data written plainly`, async () => {
    assert.deepEqual(await reportOf(folder), await reportOf(`${folder}/right`));
  });
}

Deno.test("Windows names and offsets are zones, and names that do not exist are rejected", async () => {
  const [odd, right] = [await reportOf("zone-names"), await reportOf("zone-names/right")];
  for (const id of ["w1", "w3", "w4", "w6"]) assert.equal(odd[id], right[id]);
  await using fixture = await openFixture();
  const said = await load(fixture, "zone-names");
  assert.ok(said.some((line) => /"AEST" is an abbreviation.*Australia\/Brisbane/.test(line)), said.join("\n"));
  assert.ok(
    said.some((line) => /"America\/AnguillaSandy Hill" is not a time zone: perhaps America\/Anguilla/.test(line)),
  );
});

Deno.test("ids that a spreadsheet has rounded are refused with the remedy", async () => {
  await using fixture = await openFixture();
  const said = await load(fixture, "excel-ids-collide");
  assert.match(said.at(-1) ?? "", /^failed: 3 of 3 files/);
  assert.match(said.join("\n"), /"1\.48E\+18" is a number that a spreadsheet has rounded.*export the file again/);
  assert.deepEqual(await storedPolls(fixture.sql), []);
});

Deno.test("a day with empty times is closed, and a store with such days alone never opens", async () => {
  const { e1, e2 } = await reportOf("closed-as-empty-times");
  assert.equal(e1, "e1,0.000000,0.000000,0.000000,0.000000,0.000000,0.000000");
  assert.notEqual(e2, e1?.replace("e1", "e2"));
});

Deno.test("digits after the sixth are cut, and all polls are read", async () => {
  await using fixture = await openFixture();
  await load(fixture, "seven-fraction-digits");
  const fractions = (await storedPolls(fixture.sql)).map((poll) => poll.replace(/^(n\d) \d+(\d{6}) .*$/, "$1 $2"));
  assert.deepEqual(fractions, ["n1 069000", "n1 479220", "n1 123456", "n2 012098", "n2 012098", "n2 123456"]);
});

Deno.test("UTF-16 with tabs gives the report of the same hours in UTF-8", async () => {
  const odd = await reportOf("utf16-bom-tabs");
  await using fixture = await openFixture();
  await load(fixture, "utf16-bom-tabs");
  const hours = await Deno.readFile(join(FIELD, "utf16-bom-tabs/menu_hours.csv"));
  const plain = new TextDecoder("utf-16le").decode(hours).replaceAll("\t", ",");
  await importText(fixture.sql, plain);
  assert.deepEqual(await rowsOf(fixture), odd);
});

Deno.test("hours that are loaded again with bad rows leave the store its good ones", async () => {
  await using fixture = await openFixture();
  await load(fixture, "reload-loses-days");
  const before = await rowsOf(fixture);
  const said = await load(fixture, "reload-loses-days/second");
  assert.deepEqual(said.filter((line) => line.startsWith("failed")), []);
  assert.deepEqual(await rowsOf(fixture), before);
});
