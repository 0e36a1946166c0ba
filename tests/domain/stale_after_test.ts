import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../src/domain/time/duration.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/time/interval.ts";
import { parseStaleAfter } from "../../src/domain/polls/stale_after.ts";

Deno.test("a duration has weeks, days of 24 hours, hours, minutes and seconds", () => {
  assert.equal(parseDuration("P1W2DT3H4M5.000006S"), 9 * DAY + 3 * HOUR + 4 * MINUTE + 5 * SECOND + 6);
  assert.equal(parseDuration("pt1.5h"), 90 * MINUTE);
  assert.equal(parseDuration("PT36H"), 36 * HOUR);
});

Deno.test("a duration with years or months has no fixed length, and no microsecond is cut off", () => {
  for (
    const text of ["P1Y", "P1M", "P1Y2M", "PT0.0000001S", "", "P", "PT", "2 hours", "7200", "P4294967295W104249991374D"]
  ) {
    assert.equal(parseDuration(text), undefined, text);
  }
});

Deno.test("a length is written so that it is read back", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 30 * DAY }), (length) => {
    assert.equal(parseDuration(formatDuration(length)), length);
  }));
  assert.deepEqual([2 * HOUR, 90 * MINUTE, 7 * DAY, 36 * HOUR].map(formatDuration), [
    "PT2H",
    "PT1H30M",
    "P7D",
    "P1DT12H",
  ]);
});

Deno.test("stale_after is from a minute to a week", () => {
  assert.deepEqual(["PT1M", "P7D", "P1W", "PT168H"].map(parseStaleAfter), [MINUTE, 7 * DAY, 7 * DAY, 7 * DAY]);
  assert.deepEqual(["PT59.999999S", "P7DT0.000001S", "-PT2H", "PT0S"].map(parseStaleAfter), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
