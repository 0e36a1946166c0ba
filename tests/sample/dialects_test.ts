import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { DIALECT_NAMES, type DialectName } from "../../src/sample/dialects.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { inFolder } from "./read_sample.ts";

interface Loaded {
  readonly csv: string | undefined;
  /** The codes of all notices. */
  readonly notices: ReadonlySet<string>;
}

async function load(dialect?: DialectName): Promise<Loaded> {
  await using fixture = await openFixture();
  const notices = new Set<string>();
  await inFolder(async (folder) => {
    const { files } = await writeSample(folder, { stores: 60, days: 8, seed: 1, dialect });
    for (const { path, rows } of files) {
      const body = (await Deno.open(path)).readable;
      const result = await importFile(fixture.sql, { zoneRules: RULES, source: path, body });
      assert.deepEqual(result.rejects, [], path);
      assert.equal(result.rows, rows);
      for (const { code } of result.notices) notices.add(code);
    }
  });
  const { csv } = await fixture.report({ precision: 6 });
  return { csv, notices };
}

/** What reading each of them has to say. */
const NOTICES: Record<DialectName, readonly string[]> = {
  "excel-de": ["utc_by_column", "windows_zone"],
  "excel-us": ["id_apostrophe_dropped", "utc_by_column", "windows_zone"],
  pandas: ["date_dropped"],
  powershell: [],
  postgres: [],
  go: [],
  unix: [],
};

Deno.test("the sample gives the same report in whatever dialect it is written", async (t) => {
  const plain = await load();
  assert.deepEqual([...plain.notices], []);
  for (const dialect of DIALECT_NAMES) {
    await t.step(dialect, async () => {
      const { csv, notices } = await load(dialect);
      assert.equal(csv, plain.csv);
      assert.deepEqual([...notices].sort(), NOTICES[dialect]);
    });
  }
});

Deno.test("a dialect writes what its program would", async () => {
  await inFolder(async (folder) => {
    const lines = async (dialect: DialectName, name: string) => {
      await writeSample(folder, { stores: 5, days: 1, seed: 1, dialect });
      return (await Deno.readTextFile(`${folder}/${name}`)).split(/\r\n|\r|\n/);
    };
    const [mark, header, row] = await lines("excel-de", "store_status.csv");
    assert.deepEqual([mark, header], ["\ufeffsep=;", "store_id;status;timestamp_utc"]);
    assert.match(row ?? "", /^\d+;(in)?active;2023-01-25 \d\d:\d\d:\d\d(,\d+)?$/);
    assert.match(
      (await lines("excel-us", "menu_hours.csv"))[1] ?? "",
      /^'\d+,[A-Z][a-z]{2},\d+:\d\d:\d\d [AP]M,\d+:\d\d:\d\d [AP]M$/,
    );
    assert.match((await lines("unix", "store_status.csv"))[1] ?? "", /^\d+,(in)?active,\d{16}$/);
  });
});
