import assert from "node:assert/strict";
import { loadSample } from "../../src/actions/load_sample.ts";
import { importFile } from "../../src/ingest/import_file.ts";
import { DIALECT_NAMES } from "../../src/sample/dialects.ts";
import { CALENDAR_FILES } from "../../src/sample/sample_calendar.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { packedCalendars, storedDetails } from "../support/calendar_rows.ts";
import { openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { inFolder, readFolder, rowsOf, sampleText } from "./read_sample.ts";

const NAMES = Object.values(CALENDAR_FILES).map(([name]) => name);

async function calendarText(seed: number): Promise<string[]> {
  return await inFolder(async (folder) => {
    await writeSample(folder, { stores: 50, days: 8, seed, calendars: true });
    return await Promise.all(NAMES.map((name) => Deno.readTextFile(`${folder}/${name}`)));
  });
}

Deno.test("calendars have the same bytes for a seed, and leave the other files as they are", async () => {
  const texts = await calendarText(1);
  const bytes = new TextEncoder().encode(texts.join("\0"));
  assert.equal(
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex(),
    "d8d0e6373cc12aed3530e77e9f72c30b6dd3a8493490ee0e4ce2f1f55fb94e1e",
  );
  assert.notDeepEqual(await calendarText(2), texts);
  await inFolder(async (folder) => {
    await writeSample(folder, { stores: 50, days: 8, seed: 1, calendars: true });
    assert.deepEqual(await readFolder(folder), await sampleText(50, 8, 1));
  });
});

Deno.test("a sample has brands, regions, holidays, three planned closures and one change of hours", async () => {
  const [stores = "", newHours = "", special = "", exclusions = ""] = await calendarText(1);
  const column = (text: string, index: number) => new Set(rowsOf(text).map((row) => row.split(",")[index]));
  assert.ok(column(stores, 2).size >= 3 && column(stores, 3).size >= 3);
  assert.equal(rowsOf(special).filter((row) => row.startsWith("*,")).length, 3);
  assert.deepEqual([rowsOf(exclusions).length, column(exclusions, 3)], [3, new Set(["planned"])]);
  assert.deepEqual(column(newHours, 1), new Set(["2023-01-23"]));
});

Deno.test("all files of a sample load without a reject, in whatever dialect they are written", async (t) => {
  const load = async (dialect?: (typeof DIALECT_NAMES)[number]) => {
    await using fixture = await openFixture();
    return await inFolder(async (folder) => {
      const { files } = await writeSample(folder, { stores: 60, days: 1, seed: 1, calendars: true, dialect });
      for (const { path, rows } of files) {
        const body = (await Deno.open(path)).readable;
        const result = await importFile(fixture.sql, { zoneRules: RULES, source: path, body });
        assert.deepEqual([result.rejects, result.rows], [[], rows], path);
      }
      return [...await packedCalendars(fixture.sql), ...await storedDetails(fixture.sql)];
    });
  };
  const plain = await load();
  for (const dialect of DIALECT_NAMES) {
    await t.step(dialect, async () => assert.deepEqual(await load(dialect), plain));
  }
});

Deno.test("the button for sample data loads all files of a sample", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await loadSample({ sql, actor: "page", zoneRules: RULES, log: () => {} });
  const loaded = await sql<{ kind: string; files: number }[]>`
    select kind, count(*) as files from imports where status = 'loaded' and rejected = 0 group by kind order by kind`;
  assert.deepEqual(loaded.map(({ kind, files }) => [kind, files]), [
    ["exclusions", 1],
    ["hours", 2],
    ["polls", 1],
    ["special-hours", 1],
    ["stores", 1],
    ["timezones", 1],
  ]);
  const [row] = await sql<{ unnamed: number; versions: number }[]>`
    select (select count(*) from stores where name is null) as unnamed,
      (select count(*) from hours_versions where isfinite(valid_from)) as versions`;
  assert.equal(row?.unnamed, 0);
  assert.notEqual(row?.versions, 0, "the change of hours stays beside the old hours");
});
