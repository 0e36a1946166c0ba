import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { RULES_END, type ZoneChanges, zoneChanges } from "../../src/domain/time/zone_rules.ts";
import { isTzif, readTzif } from "../../src/zone_rules/tzif.ts";
import { instant } from "../support/build.ts";
import { tzif } from "../support/zone_files.ts";

const SPRING = { at: instant("2026-03-08 07:00"), offset: -4 * HOUR };
const AUTUMN = { at: instant("2026-11-01 06:00"), offset: -5 * HOUR };
const TWO_CHANGES = zoneChanges(-5 * HOUR, [SPRING, AUTUMN]);

function read(parts: Parameters<typeof tzif>[0]): ZoneChanges {
  return readTzif(tzif(parts));
}

Deno.test("the changes are those of the second block, whose times have 64 bits", () => {
  assert.deepEqual(read({ changes: TWO_CHANGES }), TWO_CHANGES);
  const early = zoneChanges(HOUR, [{ at: instant("1847-12-01 00:01"), offset: 0 }]);
  assert.deepEqual(read({ changes: early }), early);
});

Deno.test("after the last change the rule at the end holds, as far as rules are listed", () => {
  const { at, offsets } = read({ changes: TWO_CHANGES, footer: "EST5EDT,M3.2.0,M11.1.0" });
  assert.deepEqual([...at.slice(0, 4)], [
    SPRING.at,
    AUTUMN.at,
    instant("2027-03-14 07:00"),
    instant("2027-11-07 06:00"),
  ]);
  assert.deepEqual([...offsets.slice(0, 4)], [-5, -4, -5, -4].map((hours) => hours * HOUR));
  assert.ok((at.at(-1) ?? 0) > instant("2200-10-01 00:00") && (at.at(-1) ?? Infinity) < RULES_END);
});

Deno.test("a rule that begins in the year of the last change is taken up after that change", () => {
  const { at } = read({ changes: zoneChanges(-5 * HOUR, [SPRING]), footer: "EST5EDT,M3.2.0,M11.1.0" });
  assert.deepEqual([...at.slice(0, 2)], [SPRING.at, AUTUMN.at]);
});

Deno.test("without a rule, or with one without summer time, the last offset holds for good", () => {
  assert.deepEqual(read({ changes: TWO_CHANGES, footer: "EST5" }), TWO_CHANGES);
  const none = zoneChanges(3 * HOUR, []);
  assert.deepEqual(read({ changes: none, footer: "<+03>-3" }), none);
});

Deno.test("what is not such a file is refused with what is wrong with it", () => {
  const whole = tzif({ changes: TWO_CHANGES, footer: "EST5EDT,M3.2.0,M11.1.0" });
  assert.throws(() => readTzif(new TextEncoder().encode("x".repeat(100))), /is not a compiled zone file/);
  assert.throws(() => read({ changes: TWO_CHANGES, version: "\0" }), /version 1, but version 2 or later/);
  assert.throws(() => read({ changes: TWO_CHANGES, leaps: 1 }), /leap seconds/);
  assert.throws(() => read({ changes: TWO_CHANGES, footer: "soon" }), /"soon" is not a rule/);
  assert.throws(() => read({ changes: zoneChanges(30 * HOUR, []) }), /an offset of 108000 s/);
  for (let length = 44; length < whole.length; length++) {
    assert.throws(() => readTzif(whole.slice(0, length)), SyntaxError, `${length} of ${whole.length} bytes`);
  }
});

Deno.test("a file is known by its first four bytes", () => {
  assert.ok(isTzif(tzif({ changes: TWO_CHANGES })));
  assert.ok(!isTzif(new TextEncoder().encode("# version 2026f\n".repeat(9))));
  assert.ok(!isTzif(new Uint8Array()));
});
