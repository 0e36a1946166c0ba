/** Held against a second opinion: the wall clock that `Intl.DateTimeFormat` shows. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { zoneOf } from "../support/runtime_rules.ts";
import { length, zoneAndChange } from "./arbitraries.ts";

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a zone's clock shows at an instant, as microseconds since 1970 of a clock without zone. */
function wallAt(zone: string, instant: number): number {
  const second = Math.floor(instant / SECOND);
  const shown = Object.fromEntries(
    format(zone).formatToParts(second * 1000).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second: seconds = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) * 1000 + (instant - second * SECOND);
}

function format(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const digits = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric" } as const;
  const made = new Intl.DateTimeFormat("en-u-ca-iso8601", {
    ...digits,
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
    timeZone,
  });
  formats.set(timeZone, made);
  return made;
}

/** A wall time within four days of a clock change: two days away from it, it is counted in another way. */
const wallTime = fc.record({ place: zoneAndChange, after: length(-4 * DAY, 4 * DAY, 1) })
  .map(({ place: { zone, change }, after }) => ({ zone, change, wall: wallAt(zone, change) + after }));

Deno.test("R24-R26: an instant shows the wall time it was made from, first time round, or a gap further on", () => {
  fc.assert(
    fc.property(wallTime, ({ zone, wall }) => {
      const date = Math.floor(wall / DAY);
      const found = zoneOf(zone).instantOf(date, wall - date * DAY);
      // Every offset that holds within two days of the instant, and the instants that the wall time could be with it.
      const offsets = Array.from({ length: 193 }, (_, index) => found + (index - 96) * (HOUR / 2))
        .map((at) => wallAt(zone, at) - at);
      const possible = offsets.map((offset) => wall - offset).filter((at) => wallAt(zone, at) === wall);
      if (possible.length > 0) assert.equal(found, Math.min(...possible));
      else assert.equal(found, wall - offsetBeforeGap(zone, wall, offsets));
    }),
    { numRuns: 400 },
  );
});

/** With the offset that held before the gap, the skipped time lies after the gap, as far as it was within it. */
function offsetBeforeGap(zone: string, wall: number, offsets: readonly number[]): number {
  const before = offsets.filter((offset) => wallAt(zone, wall - offset) > wall);
  assert.ok(before.length > 0, "a wall time that no instant shows is within a gap");
  return Math.min(...before);
}

Deno.test("R20: the date at an instant is the date that the zone's wall clock shows", () => {
  fc.assert(
    fc.property(zoneAndChange, length(-4 * DAY, 4 * DAY, 1), ({ zone, change }, after) => {
      const at = change + after;
      assert.equal(zoneOf(zone).dateAt(at), Math.floor(wallAt(zone, at) / DAY));
    }),
    { numRuns: 1000 },
  );
});
