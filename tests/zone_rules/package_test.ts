import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { readPackage } from "../../src/zone_rules/package.ts";
import { instant } from "../support/build.ts";
import { RULES } from "../support/rules.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

function hoursAhead(zone: string, at: string): number {
  return openTimezone(zone, RULES).offsetAt(instant(at)) / HOUR;
}

Deno.test("the pinned rules know the laws of 2026", () => {
  assert.equal(RULES.version, "2026f");
  // British Columbia and Alberta keep the time of summer 2026, Morocco keeps that of winter.
  assert.equal(hoursAhead("America/Vancouver", "2026-11-01 08:59"), -7);
  assert.equal(hoursAhead("America/Vancouver", "2026-11-01 09:00"), -7);
  assert.equal(hoursAhead("America/Vancouver", "2199-01-15 00:00"), -7);
  assert.equal(hoursAhead("America/Edmonton", "2026-12-01 00:00"), -6);
  assert.equal(hoursAhead("Africa/Casablanca", "2026-09-20 00:59"), 1);
  assert.equal(hoursAhead("Africa/Casablanca", "2026-09-20 01:00"), 0);
  assert.equal(hoursAhead("Africa/Casablanca", "2050-07-01 00:00"), 0);
});

Deno.test("the pinned rules list changes as far as instants are read", () => {
  // A zone that changes its clock each year does so in 2199, the last year that a poll can have.
  assert.equal(hoursAhead("America/New_York", "2199-07-01 00:00"), -4);
  assert.equal(hoursAhead("America/New_York", "2199-12-01 00:00"), -5);
  assert.equal(hoursAhead("Europe/London", "2200-07-01 00:00"), 1);
});

Deno.test("a zone has its links, and each keeps its own name", () => {
  assert.equal(RULES.zones.size, 597);
  assert.deepEqual(RULES.zones.get("asia/calcutta"), { ...RULES.zones.get("asia/kolkata"), id: "Asia/Calcutta" });
  assert.deepEqual(["EST", "CET", "UTC", "Etc/GMT+5"].map((name) => RULES.zones.get(name.toLowerCase())?.id), [
    "EST",
    "CET",
    "UTC",
    "Etc/GMT+5",
  ]);
});

Deno.test("offsets and changes have seconds, where history has them", () => {
  // Monrovia was 44 minutes and 30 seconds behind until 1972-01-07.
  assert.equal(hoursAhead("Africa/Monrovia", "1972-01-07 00:44:29"), -44.5 / 60);
  assert.equal(hoursAhead("Africa/Monrovia", "1972-01-07 00:44:30"), 0);
});

const BROKEN: Record<string, RegExp> = {
  "": /JSON/,
  "{}": /is not a data file of moment-timezone/,
  '{"version":"2026f","zones":[1],"links":[]}': /is not a data file of moment-timezone/,
  '{"version":"2026f","zones":[],"links":[]}': /has no zones/,
  '{"version":7,"zones":["UTC|UTC|0|0|"],"links":[]}': /does not name a release/,
  '{"version":"2026f","zones":["A/B|X|0|5|"],"links":[]}': /zone "A\/B" cannot be read/,
  '{"version":"2026f","zones":["A/B|X Y|0 10|01|zz!"],"links":[]}': /zone "A\/B" cannot be read/,
  '{"version":"2026f","zones":["UTC|UTC|0|0|"],"links":["Mars|Moon"]}': /links "Moon" to "Mars"/,
};

Deno.test("a data file that is broken is refused with what is wrong", async () => {
  await using folder = await makeTempFolder();
  const path = `${folder.path}/rules.json`;
  for (const [text, message] of Object.entries(BROKEN)) {
    await Deno.writeTextFile(path, text);
    await assert.rejects(readPackage(path), message, text);
  }
});
