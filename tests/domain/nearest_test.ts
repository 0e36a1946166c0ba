import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { everyDay, poll, rowOf } from "../support/build.ts";

const NOTHING = { up: 0, down: 0 };

Deno.test("R38: a poll speaks for half an hour on either side of it, and for nothing else", () => {
  // 09:30 to 10:30
  const row = rowOf({ polls: [poll("10:00", "active")] }, "12:00", "nearest");
  assert.deepEqual(row, { hour: NOTHING, day: { up: HOUR, down: 0 }, week: { up: HOUR, down: 0 } });
});

Deno.test("R38: a poll before a window speaks into it", () => {
  // 10:15 to 11:15, of which 11:00 to 11:15
  const row = rowOf({ polls: [poll("10:45", "inactive")] }, "12:00", "nearest");
  assert.deepEqual(row.hour, { up: 0, down: 15 * MINUTE });
});

Deno.test("R38: a poll outside of openings speaks into them", () => {
  // 08:15 to 09:15, of which 09:00 to 09:15
  const row = rowOf({ hours: everyDay("09:00", "17:00"), polls: [poll("08:45", "inactive")] }, "12:00", "nearest");
  assert.deepEqual(row.day, { up: 0, down: 15 * MINUTE });
});

Deno.test("R38: polls an hour apart leave nothing unobserved between them, a microsecond more leaves a microsecond", () => {
  const hourApart = [poll("10:00", "active"), poll("11:00", "active"), poll("12:00", "active")];
  assert.deepEqual(rowOf({ polls: hourApart }, "12:00", "nearest").hour, { up: HOUR, down: 0 });
  const more = [poll("10:59:59.999999", "active"), poll("12:00", "active")];
  // until 11:29:59.999999, and from 11:30 on
  assert.deepEqual(rowOf({ polls: more }, "12:00", "nearest").hour, { up: HOUR - 1, down: 0 });
});

Deno.test("R39: where two polls overlap, each instant goes to the nearer one", () => {
  const polls = [poll("11:20", "active"), poll("11:40", "inactive")];
  // 11:00 to 11:30 up, 11:30 to 12:00 down (the polls reach from 10:50 to 11:50 and from 11:10 to 12:10)
  assert.deepEqual(rowOf({ polls }, "12:00", "nearest").hour, { up: 30 * MINUTE, down: 30 * MINUTE });
});

Deno.test("R39: the border between two polls is rounded up to a whole microsecond", () => {
  const polls = [poll("11:30", "active"), poll("11:30:00.000003", "inactive")];
  // The middle is 11:30:00.0000015, the border 11:30:00.000002; the second poll speaks until 12:00:00.000003.
  assert.deepEqual(rowOf({ polls }, "12:00", "nearest").hour, { up: 30 * MINUTE + 2, down: 30 * MINUTE - 2 });
});

Deno.test("R39: a poll between two others speaks up to the middle on either side", () => {
  const polls = [poll("11:10", "active"), poll("11:30", "inactive"), poll("11:40", "active")];
  // 11:00 to 11:20 up, 11:20 to 11:35 down, 11:35 to 12:00 up
  assert.deepEqual(rowOf({ polls }, "12:00", "nearest").hour, { up: 45 * MINUTE, down: 15 * MINUTE });
});

Deno.test("R40: time that no poll reaches is neither uptime nor downtime", () => {
  assert.deepEqual(rowOf({}, "12:00", "nearest").week, NOTHING);
  // 10:10 to 11:10, of which 11:00 to 11:10; the poll of 12:20 is after as-of
  const polls = [poll("10:40", "active"), poll("12:20", "active")];
  assert.deepEqual(rowOf({ polls }, "12:00", "nearest").hour, { up: 10 * MINUTE, down: 0 });
});

Deno.test("R18: under nearest, a poll at as-of speaks for the half hour before, a later one for none of it", () => {
  assert.deepEqual(rowOf({ polls: [poll("12:00", "inactive")] }, "12:00", "nearest").hour, {
    up: 0,
    down: 30 * MINUTE,
  });
  assert.deepEqual(rowOf({ polls: [poll("12:00:00.000001", "inactive")] }, "12:00", "nearest").hour, NOTHING);
});
