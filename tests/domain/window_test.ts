import assert from "node:assert/strict";
import fc from "fast-check";
import { METHODS } from "../../src/domain/method.ts";
import { instant, text } from "../support/build.ts";
import { DAY } from "../../src/domain/time/interval.ts";
import { askedWindows, parseWindow } from "../../src/domain/time/parse_window.ts";
import { windowAt } from "../../src/domain/time/window.ts";
import { classicWindows } from "../support/classic_windows.ts";
import { zoneOf } from "../support/runtime_rules.ts";
import { slowWindow } from "../support/slow_windows.ts";
import { length, zoneAndChange } from "./arbitraries.ts";
import { windowNear } from "./window_arbitraries.ts";

function starts(asOf: string, method: keyof typeof METHODS): string[] {
  const windows = classicWindows(instant(asOf), METHODS[method]);
  const [end] = windows.map(({ end }) => end);
  assert.ok(end !== undefined && windows.every((window) => window.end === end));
  return windows.toReversed().map(({ start }) => text(start)).concat(text(end));
}

Deno.test("R19: windows are 168 hours, 24 hours and 1 hour, and end at as-of to the microsecond", () => {
  assert.deepEqual(starts("12:34:56.789012", "step"), [
    "2023-01-18 12:34:56.789012",
    "2023-01-24 12:34:56.789012",
    "2023-01-25 11:34:56.789012",
    "2023-01-25 12:34:56.789012",
  ]);
});

Deno.test("R43: under clock they end at the full hour at or before as-of", () => {
  const expected = ["2023-01-18 12:00", "2023-01-24 12:00", "2023-01-25 11:00", "2023-01-25 12:00"];
  assert.deepEqual(starts("12:34:56.789012", "clock"), expected);
  assert.deepEqual(starts("12:00", "clock"), expected);
});

Deno.test("R43: the full hour before an instant before 1970 is before it as well", () => {
  assert.deepEqual(starts("1969-12-31 23:30", "clock").at(-1), "1969-12-31 23:00");
});

/** When a window is, as text, under `step`. */
function windowText(name: string, zone: string, asOf: string): string {
  const [asked] = askedWindows([name]);
  if (asked === undefined) return "";
  const { start, end } = windowAt(asked, { asOf: instant(asOf), method: METHODS.step }, zoneOf(zone));
  return `${text(start)} to ${text(end)}`;
}

Deno.test("R72: a date is from 00:00 to 00:00 of a store's own clock, so one has 23 hours and one 25", () => {
  const asOf = "2026-11-25 12:00";
  assert.equal(windowText("2026-03-08", "America/Chicago", asOf), "2026-03-08 06:00 to 2026-03-09 05:00");
  assert.equal(windowText("2026-11-01", "America/Chicago", asOf), "2026-11-01 05:00 to 2026-11-02 06:00");
  assert.equal(windowText("2026-10", "Asia/Kathmandu", asOf), "2026-09-30 18:15 to 2026-10-31 18:15");
});

Deno.test("R72: today is the local date at as-of, and other windows follow from it", () => {
  const asOf = "2026-11-01 03:00"; // Saturday evening in Chicago, Sunday in London
  assert.equal(windowText("today", "America/Chicago", asOf), "2026-10-31 05:00 to 2026-11-01 03:00");
  assert.equal(windowText("today", "Europe/London", asOf), "2026-11-01 00:00 to 2026-11-01 03:00");
  assert.equal(windowText("yesterday", "Europe/London", asOf), "2026-10-31 00:00 to 2026-11-01 00:00");
  assert.equal(windowText("previous_month", "America/Chicago", asOf), "2026-09-01 05:00 to 2026-10-01 05:00");
  assert.equal(windowText("previous_month", "Europe/London", asOf), "2026-09-30 23:00 to 2026-11-01 00:00");
  assert.equal(windowText("this_week", "Europe/London", asOf), "2026-10-26 00:00 to 2026-11-01 03:00");
});

Deno.test("R72: under clock, today is the local date at the full hour", () => {
  const [today] = askedWindows(["today"]);
  const ending = { asOf: instant("2023-01-25 18:20"), method: METHODS.clock };
  assert.ok(today !== undefined);
  // In Kathmandu as-of is 00:05 of the 26th, but the full hour is 23:45 of the 25th.
  const { start, end } = windowAt(today, ending, zoneOf("Asia/Kathmandu"));
  assert.equal(`${text(start)} to ${text(end)}`, "2023-01-24 18:15 to 2023-01-25 18:00");
  const step = windowAt(today, { ...ending, method: METHODS.step }, zoneOf("Asia/Kathmandu"));
  assert.equal(`${text(step.start)} to ${text(step.end)}`, "2023-01-25 18:15 to 2023-01-25 18:20");
});

Deno.test("R73: a window that would begin at or after its end is empty where it begins", () => {
  const asOf = "2026-11-25 00:00";
  assert.equal(windowText("today", "UTC", asOf), "2026-11-25 00:00 to 2026-11-25 00:00");
  assert.equal(windowText("2026-12", "UTC", asOf), "2026-12-01 00:00 to 2026-12-01 00:00");
  assert.equal(
    windowText("2027-01-01T00:00Z/2027-01-02T00:00Z", "UTC", asOf),
    "2027-01-01 00:00 to 2027-01-01 00:00",
  );
  assert.equal(windowText("2026-11", "UTC", asOf), "2026-11-01 00:00 to 2026-11-25 00:00");
});

Deno.test("R73: a date that a zone skips is empty, and the weeks and months around it have a day less", () => {
  const asOf = "2012-03-01 00:00";
  assert.equal(windowText("2011-12-30", "Pacific/Apia", asOf), "2011-12-30 10:00 to 2011-12-30 10:00");
  assert.equal(windowText("2011-12-29", "Pacific/Apia", asOf), "2011-12-29 10:00 to 2011-12-30 10:00");
  assert.equal(windowText("2011-W52", "Pacific/Apia", asOf), "2011-12-26 10:00 to 2012-01-01 10:00");
});

const zoneAndWindow = zoneAndChange.chain(({ zone, change }) =>
  fc.record({
    zone: fc.constant(zone),
    asOf: length(-DAY, 8 * DAY, 1).map((after) => change + after),
    name: windowNear(change),
    method: fc.constantFrom(METHODS.step, METHODS.clock),
  })
);

Deno.test("R72: a window is where a walk from minute to minute by the local date finds it, across clock changes of any zone", () => {
  fc.assert(
    fc.property(zoneAndWindow, ({ zone, asOf, name, method }) => {
      const asked = parseWindow(name);
      // Clocks changed in odd ways before 1970, too, but no window has a date of that time.
      fc.pre(!(asked instanceof RangeError));
      const { start, end } = windowAt(asked, { asOf, method }, zoneOf(zone));
      const expected = slowWindow(name, { asOf, zone, endsAtFullHour: method === METHODS.clock });
      assert.deepEqual([text(start), text(end)], [text(Number(expected.start)), text(Number(expected.end))]);
    }),
    { numRuns: 300 },
  );
});
