import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { everyDay, hours, poll, rowOf } from "../support/build.ts";

Deno.test("R42: closed time counts as uptime, even while the last poll says inactive", () => {
  const polls = [poll("2023-01-20 12:00", "inactive")];
  const rows = [hours("Wednesday", "09:00", "11:00")];
  // Down on Wednesday from 09:00 to 11:00 only; the window has 24 hours.
  assert.deepEqual(rowOf({ hours: rows, polls }, "12:00", "clock").day, { up: 22 * HOUR, down: 2 * HOUR });
});

Deno.test("R42: unobserved time counts as uptime", () => {
  const polls = [poll("10:00", "inactive")];
  // 09:00 to 10:00 is open, and nothing is known
  const row = rowOf({ hours: everyDay("09:00", "17:00"), polls }, "12:00", "clock");
  assert.deepEqual(row.day, { up: 22 * HOUR, down: 2 * HOUR });
});

Deno.test("R43: windows end at the full hour before as-of", () => {
  const polls = [poll("11:45", "inactive")];
  // 11:00 to 12:00, not 11:40 to 12:40
  assert.deepEqual(rowOf({ polls }, "12:40", "clock").hour, { up: 45 * MINUTE, down: 15 * MINUTE });
});

Deno.test("R43: windows end at as-of itself if that is a full hour", () => {
  const polls = [poll("11:45", "inactive")];
  assert.deepEqual(rowOf({ polls }, "12:00", "clock").hour, { up: 45 * MINUTE, down: 15 * MINUTE });
  assert.deepEqual(rowOf({ polls }, "11:59:59.999999", "clock").hour, { up: HOUR, down: 0 });
});

Deno.test("R43: the full hour is one of UTC, in zones of half hours too", () => {
  const polls = [poll("05:50", "inactive"), poll("06:00", "active")];
  // 06:45 in UTC is 12:15 in Kolkata; the hour is 05:00 to 06:00 in UTC, not 05:30 to 06:30
  assert.deepEqual(rowOf({ zone: "Asia/Kolkata", polls }, "06:45", "clock").hour, {
    up: 50 * MINUTE,
    down: 10 * MINUTE,
  });
});
