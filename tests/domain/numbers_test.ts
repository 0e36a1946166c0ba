/** From microseconds to the numbers in the CSV: mistakes that others made on the way. */
import assert from "node:assert/strict";
import { csvRow } from "../support/row.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { everyDay, hours, poll, rowOf } from "../support/build.ts";

Deno.test("R48: up and down are not cut to whole minutes apart: 29.5 and 30.5 make an hour, not 59 minutes", () => {
  const row = rowOf({ polls: [poll("08:00", "active"), poll("11:29:30", "inactive")] }, "12:00");
  // 11:00 to 11:29:30 up: 29.5 min. 11:29:30 to 12:00 down: 30.5 min.
  assert.equal(csvRow("7", row, 2), "7,29.50,23.49,167.49,30.50,0.51,0.51\n");
});

Deno.test("R48: a sum is rounded once, at the end: three openings of 18 s are 0.02 h, not 0.03 h", () => {
  const rows = ["09", "10", "11"].map((hour) => hours("Wednesday", `${hour}:00:00`, `${hour}:00:18`));
  // 54 s = 0.015 h; each by itself is 0.005 h, which would be rounded up to 0.01 h
  const row = rowOf({ hours: rows }, "12:00");
  assert.equal(csvRow("7", row, 2), "7,0.30,0.02,0.02,0.00,0.00,0.00\n");
});

Deno.test("R51: a store that was always up has 168.00 and 0.00, not 167.98 and 0.02", () => {
  const polls = Array.from({ length: 200 }, (_, index) => {
    const { at, status } = poll("11:59:47.123457", "active");
    return { at: at - index * 61 * MINUTE - 7 * index * index, status };
  });
  for (const method of ["step", "clock", "in-hours"] as const) {
    const row = rowOf({ polls }, "12:00:13.000001", method);
    assert.equal(csvRow("7", row, 2), "7,60.00,24.00,168.00,0.00,0.00,0.00\n");
  }
});

Deno.test("R50: the last hour is part of the day and of the week", () => {
  const { hour, day, week } = rowOf({ polls: [poll("11:00", "inactive")] }, "12:00");
  assert.deepEqual([hour.down, day.down, week.down], [HOUR, HOUR, HOUR]);
});

Deno.test("R19: the last day is not a seventh of the week", () => {
  const { day, week } = rowOf({ polls: [poll("2023-01-24 12:00", "inactive")] }, "12:00");
  // six days up, then one day down
  assert.deepEqual(day, { up: 0, down: 24 * HOUR });
  assert.deepEqual(week, { up: 144 * HOUR, down: 24 * HOUR });
});

Deno.test("R50: nothing is negative where an opening goes over midnight, or where up is all there is", () => {
  const night = rowOf({ hours: everyDay("18:00", "02:00"), polls: [poll("2023-01-24 23:00", "inactive")] }, "12:00");
  // Tuesday 18:00 to 23:00 up, then down until Wednesday 02:00
  assert.deepEqual(night.day, { up: 5 * HOUR, down: 3 * HOUR });
  assert.deepEqual(night.hour, { up: 0, down: 0 });
});
