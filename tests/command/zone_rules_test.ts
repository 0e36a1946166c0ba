import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { zoneChanges } from "../../src/domain/time/zone_rules.ts";
import { listReports } from "../../src/db/reports/reports.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import { RULES } from "../support/rules.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { writeZoneFolder } from "../support/zone_files.ts";

const NOON = { "America/Chicago": { changes: zoneChanges(0, []), footer: "GMT0" } };

databaseTest("a command makes its report by the rules of ZONE_RULES, in its workers too", async ({ sql, address }) => {
  await using folder = await makeTempFolder();
  await writeZoneFolder(`${folder.path}/zones`, "1999z", NOON);
  await putStores(sql, [{ id: "a", hours: [[2, "09:00", "17:00"]], polls: ["12:00 inactive", "18:00 active"] }]);
  const csv = `${folder.path}/out.csv`;
  const env = {
    ...environmentOf(address),
    REPORTS_DIR: folder.path,
    ZONE_RULES: `${folder.path}/zones`,
    WORKERS: "1",
  };
  const { code, err } = await runTask("report", ["--out", csv], env);
  assert.equal(code, 0, err);
  // Open from 09:00 to 17:00 UTC, since this Chicago is in UTC.
  assert.match(await Deno.readTextFile(csv), /\na,0\.00,3\.00,3\.00,0\.00,5\.00,5\.00\n/);
  assert.deepEqual((await listReports(sql, 1)).map(({ tzdata }) => tzdata), ["1999z"]);
});

databaseTest("a load takes the zones that ZONE_RULES has, and no other", async ({ sql, address }) => {
  await using folder = await makeTempFolder();
  const changes = zoneChanges(HOUR, []);
  await writeZoneFolder(`${folder.path}/zones`, "1999z", { ...NOON, "Test/Town": { changes } });
  await Deno.writeTextFile(`${folder.path}/zones.csv`, "store_id,timezone_str\na,test/town\nb,Europe/Berlin\n");
  const env = { ...environmentOf(address), ZONE_RULES: `${folder.path}/zones` };
  const { code, out, err } = await runTask("load", [`${folder.path}/zones.csv`], env);
  assert.equal(code, 0, err);
  assert.match(out, /Europe\/Berlin/);
  assert.deepEqual([...await sql`select timezone from stores order by store_id`], [{ timezone: "Test/Town" }, {
    timezone: null,
  }]);
});

Deno.test("no command starts with ZONE_RULES that cannot be read", async () => {
  for (const name of ["report", "load", "start", "demo"] as const) {
    const { code, err } = await runTask(name, name === "load" ? ["x.csv"] : [], { ZONE_RULES: "/nowhere/zones" });
    assert.equal(code, 2, err);
    assert.match(
      err,
      /^storewatch: ZONE_RULES is "\/nowhere\/zones", but no zone rules can be read there: there is nothing/,
    );
  }
});

databaseTest(
  "without ZONE_RULES, a command has rules at least as new as those of the package",
  async ({ sql, address }) => {
    await using folder = await makeTempFolder();
    await putStores(sql, [{ id: "a", polls: ["12:00 active"] }]);
    const { code, err } = await runTask("report", [], {
      ...environmentOf(address),
      REPORTS_DIR: folder.path,
      ZONE_RULES: "",
    });
    assert.equal(code, 0, err);
    assert.ok((await listReports(sql, 1)).every(({ tzdata = "" }) => tzdata >= RULES.version));
  },
);
