/** Weekly hours where no clock changes. 2023-01-23 is a Monday, 2023-01-25 (today) a Wednesday. */
import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { everyDay, hours, rowOf } from "../support/build.ts";
import { opened } from "./opened.ts";

const WEEK: [string, string] = ["2023-01-23 00:00", "2023-01-30 00:00"];

Deno.test("R20: day 0 is Monday and day 6 is Sunday", () => {
  assert.deepEqual(opened([hours("Monday", "09:00", "17:00")], "UTC", WEEK), ["2023-01-23 09:00 to 2023-01-23 17:00"]);
  assert.equal(hours("Monday", "09:00", "17:00").day, 0);
  assert.deepEqual(opened([{ ...hours("Monday", "09:00", "17:00"), day: 6 }], "UTC", WEEK), [
    "2023-01-29 09:00 to 2023-01-29 17:00",
  ]);
});

Deno.test("R20: the weekday is that of the local date, not of the UTC date", () => {
  // Monday 08:00 in Auckland (UTC+13) is Sunday 19:00 in UTC; Monday 20:00 in Honolulu (UTC-10) is Tuesday 06:00.
  const auckland = opened([hours("Monday", "08:00", "10:00")], "Pacific/Auckland", [
    "2023-01-22 00:00",
    "2023-01-29 00:00",
  ]);
  assert.deepEqual(auckland, ["2023-01-22 19:00 to 2023-01-22 21:00"]);
  const honolulu = opened([hours("Monday", "20:00", "22:00")], "Pacific/Honolulu", WEEK);
  assert.deepEqual(honolulu, ["2023-01-24 06:00 to 2023-01-24 08:00"]);
});

Deno.test("R20: weekdays hold before 1970 too", () => {
  // 1969-07-21 was a Monday.
  const week: [string, string] = ["1969-07-20 00:00", "1969-07-27 00:00"];
  assert.deepEqual(opened([hours("Monday", "09:00", "17:00")], "UTC", week), ["1969-07-21 09:00 to 1969-07-21 17:00"]);
});

Deno.test("R21: an opening lasts from start to end, to the microsecond", () => {
  const row = hours("Wednesday", "09:00:00.000001", "17:00:00.5");
  assert.deepEqual(opened([row], "UTC", WEEK), ["2023-01-25 09:00:00.000001 to 2023-01-25 17:00:00.5"]);
});

Deno.test("R22: an end before the start is on the next date", () => {
  assert.deepEqual(opened([hours("Wednesday", "22:00", "02:00")], "UTC", WEEK), [
    "2023-01-25 22:00 to 2023-01-26 02:00",
  ]);
  // 7 nights of 4 hours: never negative.
  assert.deepEqual(rowOf({ hours: everyDay("22:00", "02:00") }, "12:00").week, { up: 28 * HOUR, down: 0 });
});

Deno.test("R22: equal times are one full turn of the clock", () => {
  assert.deepEqual(opened([hours("Wednesday", "09:00", "09:00")], "UTC", WEEK), [
    "2023-01-25 09:00 to 2023-01-26 09:00",
  ]);
});

Deno.test("R22: 00:00 to 00:00 is a whole day, not nothing", () => {
  assert.deepEqual(opened([hours("Wednesday", "00:00", "00:00")], "UTC", WEEK), [
    "2023-01-25 00:00 to 2023-01-26 00:00",
  ]);
  assert.deepEqual(rowOf({ hours: everyDay("00:00", "00:00") }, "12:00").week, { up: 168 * HOUR, down: 0 });
});

Deno.test("R23: 24:00 is the midnight that ends the date", () => {
  assert.deepEqual(opened([hours("Wednesday", "20:00", "24:00")], "UTC", WEEK), [
    "2023-01-25 20:00 to 2023-01-26 00:00",
  ]);
  assert.deepEqual(opened([hours("Wednesday", "00:00", "24:00")], "UTC", WEEK), [
    "2023-01-25 00:00 to 2023-01-26 00:00",
  ]);
});

Deno.test("R28: rows that overlap, and rows that are repeated, count once", () => {
  const rows = [hours("Wednesday", "12:00", "17:00"), hours("Wednesday", "09:00", "13:00")];
  assert.deepEqual(opened([...rows, ...rows], "UTC", WEEK), ["2023-01-25 09:00 to 2023-01-25 17:00"]);
  // 09:00 to 17:00 is 8 hours; the three rows add up to 4 + 5 + 5.
  assert.deepEqual(rowOf({ hours: [...rows, ...rows] }, "18:00").day, { up: 8 * HOUR, down: 0 });
});

Deno.test("R28: an opening within another adds nothing, and does not end it", () => {
  const rows = [hours("Wednesday", "09:00", "17:00"), hours("Wednesday", "10:00", "11:00")];
  assert.deepEqual(opened(rows, "UTC", WEEK), ["2023-01-25 09:00 to 2023-01-25 17:00"]);
});

Deno.test("R28: openings that touch are one, over midnight as well", () => {
  const rows = [hours("Wednesday", "20:00", "24:00"), hours("Thursday", "00:00", "02:00")];
  assert.deepEqual(opened(rows, "UTC", WEEK), ["2023-01-25 20:00 to 2023-01-26 02:00"]);
});

Deno.test("R29: each of several rows of a day counts", () => {
  const rows = [
    hours("Wednesday", "06:00", "07:00"),
    hours("Wednesday", "09:00", "12:00"),
    hours("Wednesday", "13:00", "17:00"),
  ];
  // 1 + 3 + 4 hours
  assert.deepEqual(rowOf({ hours: rows }, "18:00").week, { up: 8 * HOUR, down: 0 });
});

Deno.test("R30: the night before the first date of a window reaches into it", () => {
  // The day begins on Wednesday at 01:00; Tuesday's opening lasts until 02:00.
  const row = rowOf({ hours: [hours("Tuesday", "22:00", "02:00")] }, "2023-01-26 01:00");
  assert.deepEqual(row.day, { up: HOUR, down: 0 });
});

Deno.test("R31: a store without any hours is always open", () => {
  assert.deepEqual(rowOf({}, "12:00"), {
    hour: { up: HOUR, down: 0 },
    day: { up: 24 * HOUR, down: 0 },
    week: { up: 168 * HOUR, down: 0 },
  });
});

Deno.test("a store whose hours are known to be none is always closed", () => {
  assert.deepEqual(rowOf({ hours: [] }, "12:00").week, { up: 0, down: 0 });
  assert.deepEqual(opened([], "UTC", WEEK), []);
});

Deno.test("R32: a store open on Monday and Tuesday only has 16 hours in a week, not 135", () => {
  const rows = [hours("Monday", "09:00", "17:00"), hours("Tuesday", "09:00", "17:00")];
  assert.deepEqual(rowOf({ hours: rows }, "12:00").week, { up: 16 * HOUR, down: 0 });
  // Today is Wednesday; yesterday after 12:00 there were 5 hours left.
  assert.deepEqual(rowOf({ hours: rows }, "12:00").day, { up: 5 * HOUR, down: 0 });
});
