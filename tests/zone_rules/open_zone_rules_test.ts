import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { zoneChanges } from "../../src/domain/time/zone_rules.ts";
import { openZoneRules } from "../../src/zone_rules/open_zone_rules.ts";
import { packagePath } from "../../src/zone_rules/package.ts";
import { RULES } from "../support/rules.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { tzif, writeZoneFolder } from "../support/zone_files.ts";

const ZONES = { "Test/Town": { changes: zoneChanges(HOUR, []) }, UTC: { changes: zoneChanges(0, []) } };
const NOWHERE = "/nowhere/zoneinfo";

/** A folder with zone files of a release. */
async function zoneFolder(version: string) {
  const folder = await makeTempFolder();
  await writeZoneFolder(folder.path, version, ZONES);
  return folder;
}

Deno.test("without a setting, the newest rules count: the system's, if they are newer than the package", async () => {
  await using newer = await zoneFolder("2099a");
  const rules = await openZoneRules(undefined, { system: newer.path, runtime: "2025b" });
  assert.deepEqual([rules.version, [...rules.zones.keys()].sort()], ["2099a", ["test/town", "utc"]]);
});

Deno.test("without a setting, the package counts if nothing is newer", async () => {
  await using older = await zoneFolder("2025b");
  await using same = await zoneFolder(RULES.version);
  for (const system of [older.path, same.path, NOWHERE]) {
    for (const runtime of ["2025b", RULES.version, undefined]) {
      assert.deepEqual(await openZoneRules(undefined, { system, runtime }), RULES);
    }
  }
});

Deno.test("without a setting, the runtime's rules count if they are the newest", async () => {
  const rules = await openZoneRules(undefined, { system: NOWHERE, runtime: "2099b" });
  assert.equal(rules.source, "the runtime");
  assert.equal(rules.zones.get("america/chicago")?.id, "America/Chicago");
  await using older = await zoneFolder("2099a");
  assert.equal((await openZoneRules(undefined, { system: older.path, runtime: "2099b" })).source, "the runtime");
});

Deno.test("a newer but broken folder of the system is skipped, since no setting names it", async () => {
  await using folder = await zoneFolder("2099a");
  await Deno.writeFile(`${folder.path}/Broken`, tzif(ZONES.UTC).slice(0, 60));
  assert.equal((await openZoneRules(undefined, { system: folder.path, runtime: undefined })).version, RULES.version);
});

Deno.test("ZONE_RULES counts whatever its age: a folder, or a data file", async () => {
  await using old = await zoneFolder("1999z");
  assert.equal((await openZoneRules(old.path)).version, "1999z");
  assert.deepEqual(await openZoneRules(packagePath()), RULES);
});

Deno.test("a folder says its release in tzdata.zi, +VERSION or version", async () => {
  await using folder = await zoneFolder("2030a");
  await Deno.remove(`${folder.path}/tzdata.zi`);
  await Deno.writeTextFile(`${folder.path}/+VERSION`, "2030b\n");
  assert.equal((await openZoneRules(folder.path)).version, "2030b");
  await Deno.rename(`${folder.path}/+VERSION`, `${folder.path}/version`);
  assert.equal((await openZoneRules(folder.path)).version, "2030b");
});

Deno.test("copies of zones in posix and right, this machine's own zone, and tables are not zones", async () => {
  await using folder = await zoneFolder("2030a");
  await writeZoneFolder(folder.path, "2030a", {
    "posix/UTC": ZONES.UTC,
    "right/UTC": { ...ZONES.UTC, leaps: 1 },
    localtime: ZONES.UTC,
    posixrules: ZONES.UTC,
    Factory: ZONES.UTC,
  });
  await Deno.writeTextFile(`${folder.path}/zone.tab`, "# a table\n".repeat(9));
  assert.deepEqual([...(await openZoneRules(folder.path)).zones.keys()].sort(), ["test/town", "utc"]);
});

Deno.test("ZONE_RULES that cannot be read is an error that names the path, the fault and what to do", async () => {
  await using folder = await makeTempFolder();
  const refused = async (path: string, fault: RegExp) => {
    await assert.rejects(openZoneRules(path), (error) => {
      assert.ok(error instanceof RangeError);
      assert.ok(error.message.startsWith(`ZONE_RULES is "${path}", but no zone rules can be read there: `));
      assert.match(error.message, fault);
      assert.match(error.message, /Expected a folder of compiled zone files such as \/usr\/share\/zoneinfo/);
      return true;
    });
  };
  await refused(NOWHERE, /there is nothing at this path/);
  await refused(folder.path, /does not say which release.*tzdata\.zi, \+VERSION, version/);
  await writeZoneFolder(folder.path, "2030a", {});
  await refused(folder.path, /has no compiled zone file/);
  await Deno.writeFile(`${folder.path}/Broken`, tzif(ZONES.UTC).slice(0, 60));
  await refused(folder.path, /The zone file Broken ends early/);
  await refused(`${folder.path}/tzdata.zi`, /JSON/);
  await Deno.writeTextFile(`${folder.path}/tzdata.zi`, "# no release\n");
  await refused(folder.path, /does not name a release/);
});
