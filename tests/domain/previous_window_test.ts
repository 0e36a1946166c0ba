import assert from "node:assert/strict";
import fc from "fast-check";
import { METHODS } from "../../src/domain/method.ts";
import { DEFAULT_REQUEST, measuredWindows } from "../../src/domain/report_request.ts";
import { DAY } from "../../src/domain/time/interval.ts";
import { askedWindows, isNamedByCalendar, parseMeasured } from "../../src/domain/time/parse_window.ts";
import { windowAt } from "../../src/domain/time/window.ts";
import { hasClassicWindows, mainWindow } from "../../src/domain/time/window_list.ts";
import { inWindow, windowLabel, windowUnit, windowWords, wordsBefore } from "../../src/domain/time/window_words.ts";
import { instant, text } from "../support/build.ts";
import { zoneOf } from "../support/runtime_rules.ts";
import { slowWindow } from "../support/slow_windows.ts";
import { length, zoneAndChange } from "./arbitraries.ts";
import { windowNear } from "./window_arbitraries.ts";

/** When a window and the one before it are, as text, under `step`. */
function both(name: string, zone: string, asOf: string): string[] {
  return askedWindows([name, `${name}.previous`]).map((asked) => {
    const { start, end } = windowAt(asked, { asOf: instant(asOf), method: METHODS.step }, zoneOf(zone));
    return `${text(start)} to ${text(end)}`;
  });
}

function before(name: string, zone: string, asOf: string): string {
  return both(name, zone, asOf)[1] ?? "";
}

Deno.test("R79: with a comparison, each window is followed by the one before it, which is no name to ask for", () => {
  const windows = ["last_week", "2026-10"];
  const compared = ["last_week", "last_week.previous", "2026-10", "2026-10.previous"];
  assert.deepEqual(measuredWindows({ ...DEFAULT_REQUEST, windows }), windows);
  assert.deepEqual(measuredWindows({ windows, compare: "previous" }), compared);
  assert.equal(hasClassicWindows(["last_hour", "last_day", "last_week.previous"]), false);
  assert.equal(mainWindow(["last_day", "last_day.previous", "2026-10", "2026-10.previous"]), "2026-10");
  assert.deepEqual(compared.map(isNamedByCalendar), [false, false, true, true]);
});

Deno.test("R79: elapsed time and instants are compared with the same length just before", () => {
  const asOf = "2026-11-25 12:00";
  assert.equal(before("last_week", "UTC", asOf), "2026-11-11 12:00 to 2026-11-18 12:00");
  assert.equal(before("last_90m", "Asia/Tokyo", asOf), "2026-11-25 09:00 to 2026-11-25 10:30");
  const instants = "2026-11-20T00:00Z/2026-11-22T06:00Z";
  assert.equal(before(instants, "UTC", asOf), "2026-11-17 18:00 to 2026-11-20 00:00");
  assert.deepEqual(both(instants, "UTC", "2026-11-20 01:00"), [
    "2026-11-20 00:00 to 2026-11-20 01:00",
    "2026-11-19 23:00 to 2026-11-20 00:00",
  ], "as much as there is of it");
});

Deno.test("R79: dates are compared with as many dates before, a month with the month before, whatever its length", () => {
  const asOf = "2026-11-25 12:00";
  assert.equal(before("2026-10", "UTC", asOf), "2026-09-01 00:00 to 2026-10-01 00:00");
  assert.equal(before("2026-03", "America/Chicago", asOf), "2026-02-01 06:00 to 2026-03-01 06:00");
  assert.equal(before("2026-10-01/2026-11-01", "UTC", asOf), "2026-08-31 00:00 to 2026-10-01 00:00");
  assert.equal(before("2026-W43", "UTC", asOf), "2026-10-12 00:00 to 2026-10-19 00:00");
  assert.equal(before("yesterday", "UTC", asOf), "2026-11-23 00:00 to 2026-11-24 00:00");
  assert.equal(before("previous_month", "UTC", asOf), "2026-09-01 00:00 to 2026-10-01 00:00");
  assert.equal(before("2026-11-02", "America/Chicago", asOf), "2026-11-01 05:00 to 2026-11-02 06:00", "25 hours");
});

Deno.test("R80: a window that as-of cuts short is compared with the earlier one up to the same local time", () => {
  const asOf = "2026-11-25 12:34:56.789"; // a Wednesday
  assert.equal(before("today", "UTC", asOf), "2026-11-24 00:00 to 2026-11-24 12:34:56.789");
  assert.equal(before("this_week", "UTC", asOf), "2026-11-16 00:00 to 2026-11-18 12:34:56.789");
  assert.equal(before("this_month", "UTC", asOf), "2026-10-01 00:00 to 2026-10-25 12:34:56.789");
  assert.equal(before("2026-11", "UTC", asOf), "2026-10-01 00:00 to 2026-10-25 12:34:56.789");
  assert.equal(before("2026-11-20/2026-12-04", "UTC", asOf), "2026-11-06 00:00 to 2026-11-11 12:34:56.789");
});

Deno.test("R80: the earlier time of day is that of the local clock, on whichever side of a clock change", () => {
  // 07:30 in Chicago, before and after its clocks went back on 2026-11-01.
  const asOf = "2026-11-02 13:30";
  assert.equal(before("this_week", "America/Chicago", asOf), "2026-10-26 05:00 to 2026-10-26 12:30");
  // 02:30 was skipped on 2026-03-08: the time moves forward by the gap.
  assert.equal(before("today", "America/Chicago", "2026-03-09 07:30"), "2026-03-08 06:00 to 2026-03-08 08:30");
});

Deno.test("R80: a day that the month before lacks is its last one", () => {
  assert.equal(before("this_month", "UTC", "2026-03-31 06:00"), "2026-02-01 00:00 to 2026-02-28 06:00");
  assert.equal(before("this_month", "UTC", "2024-03-29 06:00"), "2024-02-01 00:00 to 2024-02-29 06:00");
  assert.equal(before("this_month", "UTC", "2026-01-31 06:00"), "2025-12-01 00:00 to 2025-12-31 06:00");
});

Deno.test("R80: what an empty window is compared with is empty, and so is a date that a zone skips", () => {
  assert.deepEqual(both("2026-12", "UTC", "2026-11-25 12:00"), [
    "2026-12-01 00:00 to 2026-12-01 00:00",
    "2026-11-01 00:00 to 2026-11-01 00:00",
  ]);
  assert.equal(before("today", "UTC", "2026-11-25 00:00"), "2026-11-24 00:00 to 2026-11-24 00:00");
  const instants = "2027-01-01T00:00Z/2027-01-02T00:00Z";
  assert.equal(before(instants, "UTC", "2026-11-25 12:00"), "2027-01-01 00:00 to 2027-01-01 00:00");
  // Apia had no 30 December 2011.
  assert.equal(before("2011-12-31", "Pacific/Apia", "2012-03-01 00:00"), "2011-12-30 10:00 to 2011-12-30 10:00");
  assert.equal(before("today", "Pacific/Apia", "2011-12-30 20:00"), "2011-12-30 10:00 to 2011-12-30 10:00");
});

const zoneAndWindow = zoneAndChange.chain(({ zone, change }) =>
  fc.record({
    zone: fc.constant(zone),
    asOf: fc.oneof(length(-DAY, 8 * DAY, 1), length(0, 40 * DAY, 1)).map((after) => change + after),
    name: windowNear(change),
    method: fc.constantFrom(METHODS.step, METHODS.clock),
  })
);

Deno.test("R79: the window before another one is where the calendar of Temporal finds it, across clock changes of any zone", () => {
  fc.assert(
    fc.property(zoneAndWindow, ({ zone, asOf, name, method }) => {
      const previous = `${name}.previous`;
      const asked = parseMeasured(previous);
      // Clocks changed in odd ways before 1970, too, but no window that is asked for has a date of that time.
      fc.pre(!(asked instanceof RangeError));
      const { start, end } = windowAt(asked, { asOf, method }, zoneOf(zone));
      const expected = slowWindow(previous, { asOf, zone, endsAtFullHour: method === METHODS.clock });
      assert.deepEqual([text(start), text(end)], [text(Number(expected.start)), text(Number(expected.end))]);
    }),
    { numRuns: 100 },
  );
});

Deno.test("the window before another one has words for people, and the units of that one", () => {
  const words = (name: string) => [windowLabel(`${name}.previous`), wordsBefore(`${name}.previous`)];
  assert.deepEqual(words("last_week"), ["The week before the last week", "the week before"]);
  assert.deepEqual(words("last_30d"), ["The 30 days before the last 30 days", "the 30 days before"]);
  assert.deepEqual(words("last_1h"), ["The hour before the last 1 hour", "the hour before"]);
  assert.deepEqual(words("today"), ["The day before today", "the day before"]);
  assert.deepEqual(words("this_month"), ["The month before this month", "the month before"]);
  assert.deepEqual(words("previous_month"), ["The month before the previous month", "the month before"]);
  assert.deepEqual(words("2026-10"), ["The month before 2026-10", "the month before"]);
  assert.deepEqual(words("2026-W43"), ["The week before 2026-W43", "the week before"]);
  assert.deepEqual(words("2026-10-31"), ["The day before 2026-10-31", "the day before"]);
  assert.deepEqual(words("2026-10-01/2026-10-15"), [
    "The 14 days before 2026-10-01/2026-10-15",
    "the 14 days before",
  ]);
  assert.equal(wordsBefore("2026-10-01T00:00Z/2026-10-02T00:00Z.previous"), "the same length of time before");
  assert.equal(wordsBefore("last_week"), undefined);
  assert.equal(windowWords("yesterday.previous"), "the day before yesterday");
  assert.equal(inWindow("yesterday.previous"), "on the day before yesterday");
  assert.equal(inWindow("last_week.previous"), "in the week before the last week");
  assert.deepEqual(windowUnit("last_hour.previous"), windowUnit("last_hour"));
});
