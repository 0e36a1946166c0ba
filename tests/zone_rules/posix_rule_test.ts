import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { changesByRule, parsePosixRule } from "../../src/zone_rules/posix_rule.ts";

/** The first changes by a rule from a year on: `2026-03-08T10:00Z -5`. */
function changes(rule: string, year: number, count = 2): string[] {
  return changesByRule(parsePosixRule(rule), year).slice(0, count)
    .map(({ at, offset }) => `${new Date(at / 1000).toISOString().slice(0, 16)}Z ${offset / HOUR}`);
}

Deno.test("a rule names weekdays of months: clocks change at a wall time of the offset before", () => {
  assert.deepEqual(changes("EST5EDT,M3.2.0,M11.1.0", 2026), ["2026-03-08T07:00Z -4", "2026-11-01T06:00Z -5"]);
  assert.deepEqual(changes("CET-1CEST,M3.5.0,M10.5.0/3", 2026), ["2026-03-29T01:00Z 2", "2026-10-25T01:00Z 1"]);
});

Deno.test("in the south, summer time ends first in a year", () => {
  assert.deepEqual(changes("AEST-10AEDT,M10.1.0,M4.1.0/3", 2026), ["2026-04-04T16:00Z 10", "2026-10-03T16:00Z 11"]);
});

Deno.test("a summer time may be half an hour ahead, and names may be in angle brackets", () => {
  assert.deepEqual(changes("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026), [
    "2026-04-04T15:00Z 10.5",
    "2026-10-03T15:30Z 11",
  ]);
});

Deno.test("a time may be negative, or later than 24:00", () => {
  assert.deepEqual(changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026), ["2026-03-29T01:00Z -1", "2026-10-25T01:00Z -2"]);
  assert.deepEqual(changes("IST-2IDT,M3.4.4/26,M10.5.0", 2026), ["2026-03-27T00:00Z 3", "2026-10-24T23:00Z 2"]);
});

Deno.test("days of the year are counted without 29 February after J, and with it otherwise", () => {
  assert.deepEqual(changes("AAA0BBB,J60/0,J365/0", 2024), ["2024-03-01T00:00Z 1", "2024-12-30T23:00Z 0"]);
  assert.deepEqual(changes("AAA0BBB,59/0,365/0", 2024), ["2024-02-29T00:00Z 1", "2024-12-30T23:00Z 0"]);
});

Deno.test("an offset may have minutes and seconds, and a rule without summer time changes nothing", () => {
  assert.equal(parsePosixRule("<+0545>-5:45").standard, 5 * HOUR + 45 * MINUTE);
  assert.equal(parsePosixRule("ABC0:00:08").standard, -8_000_000);
  assert.deepEqual(changes("MST7", 2026), []);
});

Deno.test("a summer time without days has those of the United States", () => {
  assert.deepEqual(changes("EST5EDT", 2026), changes("EST5EDT,M3.2.0,M11.1.0", 2026));
});

Deno.test("what is not a rule is refused with its text", () => {
  for (const text of ["EST", "5", "EST5EDT,M3.2.0", "E5", "EST5EDT,X3,M11.1.0", "EST5 ", "<+05-5"]) {
    assert.throws(() => parsePosixRule(text), {
      name: "SyntaxError",
      message: new RegExp(text.replaceAll("+", "\\+")),
    });
  }
});
