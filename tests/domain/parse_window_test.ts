import assert from "node:assert/strict";
import type { WindowForm } from "../../src/domain/time/asked_window.ts";
import { DAY, HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { parseWindow } from "../../src/domain/time/parse_window.ts";
import { hasClassicWindows, mainWindow, windowFaults } from "../../src/domain/time/window_list.ts";
import { epochDay, instant } from "../support/build.ts";

function dates(first: string, end: string): WindowForm {
  return { kind: "dates", first: epochDay(first), end: epochDay(end) };
}

function month(first: string, end: string): WindowForm {
  return { kind: "dates", first: epochDay(first), end: epochDay(end), unit: "month" };
}

function fixed(from: string, to: string): WindowForm {
  return { kind: "fixed", start: instant(from), end: instant(to) };
}

const READ: Readonly<Record<string, WindowForm>> = {
  last_hour: { kind: "elapsed", length: HOUR },
  last_day: { kind: "elapsed", length: DAY },
  last_week: { kind: "elapsed", length: 7 * DAY },
  last_1m: { kind: "elapsed", length: MINUTE },
  last_90m: { kind: "elapsed", length: 90 * MINUTE },
  last_36h: { kind: "elapsed", length: 36 * HOUR },
  last_30d: { kind: "elapsed", length: 30 * DAY },
  last_4w: { kind: "elapsed", length: 28 * DAY },
  last_400d: { kind: "elapsed", length: 400 * DAY },
  last_9600h: { kind: "elapsed", length: 400 * DAY },
  last_576000m: { kind: "elapsed", length: 400 * DAY },
  last_57w: { kind: "elapsed", length: 399 * DAY },
  today: { kind: "current", unit: "day", back: 0 },
  yesterday: { kind: "current", unit: "day", back: 1 },
  this_week: { kind: "current", unit: "week", back: 0 },
  previous_week: { kind: "current", unit: "week", back: 1 },
  this_month: { kind: "current", unit: "month", back: 0 },
  previous_month: { kind: "current", unit: "month", back: 1 },
  "2026-10-31": dates("2026-10-31", "2026-11-01"),
  "2024-02-29": dates("2024-02-29", "2024-03-01"),
  "1970-01-01": dates("1970-01-01", "1970-01-02"),
  "2199-12-31": dates("2199-12-31", "2200-01-01"),
  "2026-W43": dates("2026-10-19", "2026-10-26"),
  "2026-W01": dates("2025-12-29", "2026-01-05"),
  "2026-W53": dates("2026-12-28", "2027-01-04"),
  "2026-10": month("2026-10-01", "2026-11-01"),
  "2026-12": month("2026-12-01", "2027-01-01"),
  "2024-02": month("2024-02-01", "2024-03-01"),
  "2026-10-01/2026-10-15": dates("2026-10-01", "2026-10-15"),
  "2025-01-01/2026-02-05": dates("2025-01-01", "2026-02-05"),
  "2026-10-01T00:00Z/2026-10-02T12:00:00+02:00": fixed("2026-10-01 00:00", "2026-10-02 10:00"),
  "2026-10-01T00:00:00.000001Z/2026-10-01T00:00:00.5-0530": fixed(
    "2026-10-01 00:00:00.000001",
    "2026-10-01 05:30:00.5",
  ),
  "2026-01-01T00:00Z/2027-02-05T00:00Z": fixed("2026-01-01 00:00", "2027-02-05 00:00"),
};

const REFUSED: Readonly<Record<string, RegExp>> = {
  "": /^must be last_hour/,
  last_month: /^must be last_hour/,
  "last_week.previous": /^must be last_hour/,
  "2026-10.previous": /^must be last_hour/,
  last_d: /^must be last_hour/,
  last_1y: /^must be last_hour/,
  "last_-1d": /^must be last_hour/,
  "last_1.5d": /^must be last_hour/,
  Last_day: /^must be last_hour/,
  " last_day": /^must be last_hour/,
  TODAY: /^must be last_hour/,
  tomorrow: /^must be last_hour/,
  constructor: /^must be last_hour/,
  "2026": /^must be last_hour/,
  "2026-1": /^must be last_hour/,
  "2026-w43": /^must be last_hour/,
  "2026W43": /^must be last_hour/,
  "2026-W43-1": /^must be last_hour/,
  "31.10.2026": /^must be last_hour/,
  "2026-10-01/": /^must be last_hour/,
  "2026-10-01/2026-10": /^must be last_hour/,
  "2026-10-01T00:00/2026-10-02T00:00": /^must be last_hour/,
  "2026-10-01T00:00Z": /^must be last_hour/,
  "2026-10-01T00:00Z/2026-10-02": /^must be last_hour/,
  "2026-10-01 00:00Z/2026-10-02 00:00Z": /^must be last_hour/,
  last_0d: /^must count from 1 on/,
  last_007d: /^must count from 1 on/,
  last_401d: /^must be at most 400 days long/,
  last_9601h: /^must be at most 400 days long/,
  last_58w: /^must be at most 400 days long/,
  last_99999999999999999999h: /^must be at most 400 days long/,
  "2025-01-01/2026-02-06": /^must be at most 400 days long/,
  "2026-01-01T00:00Z/2027-02-05T00:00:00.000001Z": /^must be at most 400 days long/,
  "2026-02-29": /^must have dates that exist/,
  "2026-04-31": /^must have dates that exist/,
  "2026-00-01": /^must have dates that exist/,
  "2026-10-01/2026-13-01": /^must have dates that exist/,
  "2026-13": /^must be a month from 01 to 12/,
  "2026-00": /^must be a month from 01 to 12/,
  "2025-W53": /^must be a week that the year 2025 has/,
  "2026-W54": /^must be a week that the year 2026 has/,
  "2026-W00": /^must be a week that the year 2026 has/,
  "2026-10-15/2026-10-01": /^must end after it begins: the second date is not included/,
  "2026-10-15/2026-10-15": /^must end after it begins: the second date is not included/,
  "2026-10-02T00:00Z/2026-10-01T00:00Z": /^must end after it begins/,
  "2026-10-01T02:00+02:00/2026-10-01T00:00Z": /^must end after it begins/,
  "2026-10-01T25:00Z/2026-10-02T00:00Z": /^must have instants that exist/,
  "1969-12-31": /^must be within the years 1970 to 2199/,
  "2200-01-01": /^must be within the years 1970 to 2199/,
};

Deno.test("R70: a window is named in one of a few ways", () => {
  for (const [name, form] of Object.entries(READ)) assert.deepEqual(parseWindow(name), { name, ...form }, name);
});

Deno.test("R70: any other name is refused, with a reason that reads on after the name", () => {
  for (const [name, reason] of Object.entries(REFUSED)) {
    const found = parseWindow(name);
    assert.ok(found instanceof RangeError, `${name} is read`);
    assert.match(found.message, reason, name);
  }
});

Deno.test("R71: a list has 1 to 31 windows, each only once, and every bad one is named", () => {
  const days = (count: number) => Array.from({ length: count }, (_, index) => `last_${index + 1}d`);
  assert.deepEqual(windowFaults(days(31)), []);
  assert.deepEqual(windowFaults(days(32)).map(({ reason }) => reason), ["must name at most 31 windows, not 32"]);
  const tooMany = Array.from({ length: 1_000_000 }, () => "last_0d");
  assert.equal(windowFaults(tooMany).length, 3, "a list that is far too long is refused at once");
  assert.deepEqual(windowFaults([]).map(({ reason }) => reason), ["must name a window"]);
  const faults = windowFaults(["today", "last_0d", "today", "2025-W53"]);
  assert.deepEqual(faults.map(({ window }) => window), ["today", "last_0d", "2025-W53"]);
  assert.match(faults[0]?.reason ?? "", /only once/);
});

Deno.test("a report has a classic CSV if all three classic windows are among its own, in any order", () => {
  assert.ok(hasClassicWindows(["last_week", "2026-10", "last_hour", "last_day"]));
  assert.ok(!hasClassicWindows(["last_week", "last_hour"]));
});

Deno.test("where there is room for one window, it is the last week, or the one that was asked for last", () => {
  assert.equal(mainWindow(["last_week", "today"]), "last_week");
  assert.equal(mainWindow(["today", "previous_month"]), "previous_month");
});
