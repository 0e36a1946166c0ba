import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { type HoursAhead, PROBES, readRuntime, releaseOf, runtimeRelease } from "../../src/zone_rules/runtime.ts";
import { instant } from "../support/build.ts";
import { RULES } from "../support/rules.ts";

const byPackage: HoursAhead = (zone, at) =>
  openTimezone(zone, RULES).offsetAt(instant(at.replace("T", " ").replace("Z", ""))) / HOUR;

Deno.test("the pinned rules have the changes of all releases that are probed, up to their own", () => {
  for (const [release, zone, at, hours] of PROBES) assert.equal(byPackage(zone, at), hours, `${release} ${zone}`);
  assert.equal(releaseOf(byPackage), RULES.version);
});

Deno.test("rules are as new as the last release whose changes are there without a gap", () => {
  for (const [place, [release, zone]] of PROBES.entries()) {
    const lacks = (name: string, at: string) => name === zone ? undefined : byPackage(name, at);
    assert.equal(releaseOf(lacks), PROBES[place - 1]?.[0], `without ${release}`);
  }
});

Deno.test("the runtime's release is what it has, not what it claims", () => {
  const release = runtimeRelease();
  assert.ok(release !== undefined);
  const { zones } = readRuntime(PROBES.map(([, zone]) => zone));
  const first = PROBES.findIndex(([name]) => name > release);
  for (const [place, [, zone, at, hours]] of PROBES.entries()) {
    const found = zones.has(zone.toLowerCase())
      ? openTimezone(zone, { version: "", source: "", zones }).offsetAt(Date.parse(at) * 1000) / HOUR
      : undefined;
    if (first === -1 || place < first) assert.equal(found, hours, zone);
    else if (place === first) assert.notEqual(found, hours, zone);
  }
});

Deno.test("names that the runtime does not know are left out", () => {
  assert.deepEqual([...readRuntime(["Mars/Olympus", "asia/calcutta"]).zones.keys()], ["asia/calcutta"]);
});
