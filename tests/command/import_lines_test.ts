import assert from "node:assert/strict";
import { resultLines } from "../../src/command/load/import_lines.ts";
import { importFile } from "../../src/ingest/import_file.ts";
import { databaseTest } from "../support/database.ts";
import { RULES } from "../support/rules.ts";

databaseTest("one row is one row, and two are rows", async ({ sql }) => {
  const load = async (csv: string) => {
    const body = new Blob([`store_id,timezone_str\n${csv}`]).stream();
    const [line] = resultLines(await importFile(sql, { zoneRules: RULES, source: "zones.csv", body }), 1000);
    return line;
  };
  assert.match(await load("1,UTC\n") ?? "", /^zones\.csv: 1 row of timezones, 1 accepted/);
  assert.match(await load("1,UTC\n2,UTC\n") ?? "", /^zones\.csv: 2 rows of timezones, 2 accepted/);
});
