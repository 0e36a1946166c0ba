/** Periods of a Google Business Profile as hours of the week. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { NO_BEGINNING } from "../../../src/domain/openings/business_hours.ts";
import { NO_CALENDAR, openings } from "../../../src/domain/openings/opening_rules.ts";
import { openTimezone, type Timezone } from "../../../src/domain/time/timezone.ts";
import { regularPeriod } from "../../../src/ingest/locations/google_hours.ts";
import { isFault } from "../../../src/ingest/rows/row_readers.ts";
import { instant, timeOfDay as time } from "../../support/build.ts";
import { RULES } from "../../support/rules.ts";
import { minutesOfWeek } from "../../support/weeks.ts";

const WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

/** A period as the interface writes it. */
function period(open: string, openTime: unknown, close: string, closeTime: unknown) {
  return { openDay: open, openTime, closeDay: close, closeTime };
}

/** What the clock of a zone shows at an instant: `2026-03-08 18:00`. */
function wallTime(at: number, timezone: Timezone): string {
  return new Date((at + timezone.offsetAt(at)) / 1000).toISOString().slice(0, 16).replace("T", " ");
}

Deno.test("the older interface's texts, missing fields and long periods are read", () => {
  const read = (from: string, open: unknown, to: string, close: unknown) => {
    const row = regularPeriod({ value: period(from, open, to, close), place: "" }, "s");
    return isFault(row) ? row.code : row.openings.map(({ day, start, end }) => `${day} ${start}-${end}`);
  };
  assert.deepEqual(read("MONDAY", "09:00", "MONDAY", "24:00"), ["0 09:00:00-24:00:00"]);
  assert.deepEqual(read("monday", {}, "TUESDAY", {}), ["0 00:00:00-24:00:00"]);
  assert.deepEqual(read("MONDAY", undefined, "TUESDAY", undefined), ["0 00:00:00-24:00:00"]);
  assert.deepEqual(read("MONDAY", { minutes: 30 }, "TUESDAY", { minutes: 30 }), ["0 00:30:00-00:30:00"]);
  assert.deepEqual(read("SUNDAY", { hours: 20 }, "MONDAY", { hours: 4 }), ["6 20:00:00-04:00:00"]);
  assert.deepEqual(read("MONDAY", { hours: 18 }, "WEDNESDAY", { hours: 2 }), [
    "0 18:00:00-24:00:00",
    "1 00:00:00-24:00:00",
    "2 00:00:00-02:00:00",
  ]);
  assert.deepEqual(read("MONDAY", { hours: 24 }, "TUESDAY", { hours: 9 }), ["1 00:00:00-09:00:00"]);
  assert.equal(read("MONDAY", {}, "SUNDAY", { hours: 24 }).length, 7);
  assert.equal(read("MONDAY", { hours: 18 }, "MONDAY", { hours: 2 }), "end_not_after_start");
  assert.equal(read("MONDAY", {}, "MONDAY", {}), "end_not_after_start");
  for (
    const bad of [{ hours: 25 }, { hours: 24, minutes: 1 }, { hours: 9.5 }, { hours: "9" }, { minutes: 60 }, [], 9]
  ) {
    assert.equal(read("MONDAY", bad, "TUESDAY", {}), "time_unknown", JSON.stringify(bad));
  }
  assert.equal(read("MONDAY", "25:00", "TUESDAY", {}), "time_unknown");
  assert.equal(read("MONDAY", "9", "TUESDAY", {}), "time_hour_alone");
  assert.equal(read("DAY_OF_WEEK_UNSPECIFIED", {}, "TUESDAY", {}), "day_unknown");
});

Deno.test("a period opens exactly the minutes from its start to its end, however long it is", () => {
  const minute = fc.nat(1440);
  fc.assert(fc.property(fc.nat(6), minute, fc.nat(6), minute, (openDay, open, closeDay, close) => {
    const timeOf = (minutes: number) => ({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    const value = period(WEEKDAYS[openDay] ?? "", timeOf(open), WEEKDAYS[closeDay] ?? "", timeOf(close));
    const row = regularPeriod({ value, place: "" }, "s");
    const days = (closeDay - openDay + 7) % 7;
    if (isFault(row)) return assert.ok(days === 0 && close <= open || days === 1 && open === 1440 && close === 0);
    const expected = new Set<number>();
    for (let at = openDay * 1440 + open; at < (openDay + days) * 1440 + close; at++) expected.add(at % (7 * 1440));
    assert.deepEqual(new Set([...minutesOfWeek(row.openings)].sort()), new Set([...expected].sort()));
  }));
});

Deno.test("whatever hours of the week a store is open, its periods are read as these hours", () => {
  const WEEK = 7 * 24;
  fc.assert(fc.property(fc.uniqueArray(fc.nat(WEEK - 1), { minLength: 1, maxLength: WEEK - 1 }), (hours) => {
    const isOpen = new Set(hours);
    const starts = hours.filter((hour) => !isOpen.has((hour + WEEK - 1) % WEEK));
    const periods = starts.map((start) => {
      let end = start;
      while (isOpen.has(end % WEEK)) end++;
      // Google writes a midnight as the end of a day, or as the start of the next one.
      const [closeDay, close] = end % 24 === 0 && start % 2 === 0
        ? [end / 24 - 1, 24]
        : [Math.floor(end / 24), end % 24];
      const name = (day: number) => WEEKDAYS[day % 7] ?? "";
      return period(name(Math.floor(start / 24)), { hours: start % 24 }, name(closeDay), { hours: close });
    });
    const rows = periods.map((value) => regularPeriod({ value, place: "" }, "s"));
    const openings = rows.flatMap((row) => isFault(row) ? assert.fail(row.reason) : row.openings);
    const found = new Set([...minutesOfWeek(openings)].map((minute) => Math.floor(minute / 60)));
    assert.deepEqual([...found].sort((a, b) => a - b), hours.toSorted((a, b) => a - b));
    assert.equal(minutesOfWeek(openings).size, hours.length * 60);
  }));
});

Deno.test("a long period opens the same time as one opening would, also where clocks change at midnight", () => {
  const row = regularPeriod(
    { value: period("SATURDAY", { hours: 18 }, "MONDAY", { hours: 2 }), place: "" },
    "s",
  );
  assert.ok(!isFault(row));
  for (
    const [zone, date] of [["America/Havana", "2026-03-08"], ["America/Havana", "2026-11-01"], [
      "Africa/Cairo",
      "2026-04-24",
    ]]
  ) {
    const around = {
      start: instant(`${date} 00:00`) - 8 * 86_400_000_000,
      end: instant(`${date} 00:00`) + 8 * 86_400_000_000,
    };
    const timezone = openTimezone(zone ?? "", RULES);
    const cut = row.openings.map(({ day, start, end }) => ({ day, start: time(start), end: time(end) }));
    const found = openings({ ...NO_CALENDAR, timezone, versions: [{ from: NO_BEGINNING, hours: cut }] }, around);
    for (const { start, end } of found) {
      assert.equal(start === around.start || wallTime(start, timezone).endsWith("18:00"), true, `${zone} ${start}`);
      assert.equal(end === around.end || wallTime(end, timezone).endsWith("02:00"), true, `${zone} ${end}`);
    }
    assert.ok(found.length >= 2 && found.length <= 4);
  }
});
