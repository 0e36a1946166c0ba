/** Openings where clocks change. Expected instants are in UTC, the offset beside them. */
import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { DEFAULT_TIMEZONE, openTimezone } from "../../src/domain/time/timezone.ts";
import { everyDay, hours, rowOf } from "../support/build.ts";
import { opened } from "./opened.ts";
import { RULES } from "../support/rules.ts";

Deno.test("R24: local time becomes UTC by adding what the zone is behind it, not by taking it off", () => {
  // Chicago is 6 hours behind in January: 09:00 there is 15:00 in UTC, not 03:00. To the second: 9.6 minutes off would
  // be its local mean time.
  const open = opened([hours("Wednesday", "09:00", "17:00")], "America/Chicago", [
    "2023-01-25 00:00",
    "2023-01-26 06:00",
  ]);
  assert.deepEqual(open, ["2023-01-25 15:00 to 2023-01-25 23:00"]);
});

Deno.test("R24: each date has its own offset: 09:00 stays 09:00 when clocks change", () => {
  // Chicago goes from UTC-6 to UTC-5 on 2023-03-12 at 02:00.
  const open = opened(everyDay("09:00", "17:00"), "America/Chicago", ["2023-03-11 12:00", "2023-03-13 00:00"]);
  assert.deepEqual(open, ["2023-03-11 15:00 to 2023-03-11 23:00", "2023-03-12 14:00 to 2023-03-12 22:00"]);
});

Deno.test("R24: a night in which clocks go forward is an hour shorter, one in which they go back an hour longer", () => {
  const night = [hours("Saturday", "22:00", "06:00")];
  // 22:00-06 to 06:00-05: 7 hours. 22:00-05 to 06:00-06: 9 hours.
  assert.deepEqual(opened(night, "America/Chicago", ["2023-03-11 12:00", "2023-03-13 00:00"]), [
    "2023-03-12 04:00 to 2023-03-12 11:00",
  ]);
  assert.deepEqual(opened(night, "America/Chicago", ["2023-11-04 12:00", "2023-11-06 00:00"]), [
    "2023-11-05 03:00 to 2023-11-05 12:00",
  ]);
});

Deno.test("R19: a store that is always open has exactly 168 h in a week with a clock change", () => {
  for (const asOf of ["2023-03-15 00:00", "2023-11-08 00:00"]) {
    for (
      const rows of [undefined, everyDay("00:00", "24:00"), everyDay("00:00", "00:00"), everyDay("09:00", "09:00")]
    ) {
      const row = rowOf({ zone: "America/Chicago", hours: rows }, asOf);
      assert.deepEqual(row.week, { up: 168 * HOUR, down: 0 });
      assert.deepEqual(row.day, { up: 24 * HOUR, down: 0 });
    }
  }
});

Deno.test("R25: a wall time that a clock change skips moves forward by the gap", () => {
  // 02:30 on 2023-03-12 in Chicago is read as 03:30-05: from 01:30-06 that is 1 hour.
  const open = opened([hours("Sunday", "01:30", "02:30")], "America/Chicago", ["2023-03-12 00:00", "2023-03-13 00:00"]);
  assert.deepEqual(open, ["2023-03-12 07:30 to 2023-03-12 08:30"]);
});

Deno.test("R25: a gap of half an hour moves a time by half an hour", () => {
  // Lord Howe: 02:00+10:30 becomes 02:30+11. 02:15 is read as 02:45+11; to 03:00+11 that is 15 minutes.
  const open = opened([hours("Sunday", "02:15", "03:00")], "Australia/Lord_Howe", [
    "2023-09-30 00:00",
    "2023-10-02 00:00",
  ]);
  assert.deepEqual(open, ["2023-09-30 15:45 to 2023-09-30 16:00"]);
});

Deno.test("R25: where midnight does not exist, the day begins at 01:00, and 24:00 of the day before is then too", () => {
  // Sao Paulo, 2018-11-04: 00:00-03 becomes 01:00-02, which is 03:00 in UTC.
  const span: [string, string] = ["2018-11-03 12:00", "2018-11-04 12:00"];
  assert.deepEqual(opened([hours("Sunday", "00:00", "02:00")], "America/Sao_Paulo", span), [
    "2018-11-04 03:00 to 2018-11-04 04:00",
  ]);
  assert.deepEqual(opened([hours("Saturday", "20:00", "24:00")], "America/Sao_Paulo", span), [
    "2018-11-03 23:00 to 2018-11-04 03:00",
  ]);
});

Deno.test("R25: the night before a date that a zone skips reaches over the whole of it", () => {
  // Apia had no 2011-12-30: Thursday 29th 24:00-10 became Saturday 31st 00:00+14. 02:00 on the 30th moves to the 31st.
  const open = opened([hours("Thursday", "22:00", "02:00")], "Pacific/Apia", ["2011-12-29 12:00", "2012-01-01 00:00"]);
  assert.deepEqual(open, ["2011-12-30 08:00 to 2011-12-30 12:00"]);
  // Also if the span begins on the 31st: two dates after the opening's own.
  const later = opened([hours("Thursday", "22:00", "02:00")], "Pacific/Apia", ["2011-12-30 11:00", "2012-01-01 00:00"]);
  assert.deepEqual(later, ["2011-12-30 11:00 to 2011-12-30 12:00"]);
});

Deno.test("R26: a wall time that occurs twice is its first occurrence", () => {
  const span: [string, string] = ["2023-11-05 00:00", "2023-11-06 00:00"];
  // Chicago, 2023-11-05: 02:00-05 becomes 01:00-06. 01:15 and 01:45 are both at -05: half an hour.
  assert.deepEqual(opened([hours("Sunday", "01:15", "01:45")], "America/Chicago", span), [
    "2023-11-05 06:15 to 2023-11-05 06:45",
  ]);
  // 02:30 is at -06 and occurs once: from 01:30-05 there are two hours.
  assert.deepEqual(opened([hours("Sunday", "01:30", "02:30")], "America/Chicago", span), [
    "2023-11-05 06:30 to 2023-11-05 08:30",
  ]);
});

Deno.test("R30: a date that began once before clocks went back over midnight counts from then", () => {
  // St. John's, 2006-10-29: 00:01-02:30 became 23:01-03:30 of the 28th. Sunday begins at 02:30 in UTC, and at 03:00 in
  // UTC the calendar shows Saturday again.
  const open = opened([hours("Sunday", "00:00", "10:00")], "America/St_Johns", [
    "2006-10-29 02:00",
    "2006-10-29 03:00",
  ]);
  assert.deepEqual(open, ["2006-10-29 02:30 to 2006-10-29 03:00"]);
  const later = opened([hours("Sunday", "00:00", "10:00")], "America/St_Johns", [
    "2006-10-29 02:40",
    "2006-10-29 03:00",
  ]);
  assert.deepEqual(later, ["2006-10-29 02:40 to 2006-10-29 03:00"]);
});

Deno.test("R27: an opening whose end moved to or before its start is empty, not negative", () => {
  // Chicago: 02:30 moves to 03:30-05, after 03:00-05. And 02:00 moves to 03:00-05, which is when the opening ends.
  for (const start of ["02:30", "02:00"]) {
    const rows = [hours("Sunday", start, "03:00"), hours("Sunday", "09:00", "10:00")];
    const row = rowOf({ zone: "America/Chicago", hours: rows }, "2023-03-12 20:00");
    assert.deepEqual(row.day, { up: HOUR, down: 0 });
  }
});

Deno.test("R25: an opening that begins and ends within a gap keeps its length", () => {
  const row = rowOf({ zone: "America/Chicago", hours: [hours("Sunday", "02:15", "02:45")] }, "2023-03-12 20:00");
  assert.deepEqual(row.week, { up: 30 * MINUTE, down: 0 });
});

Deno.test("R33: a store without a zone is in Chicago", () => {
  assert.equal(DEFAULT_TIMEZONE, "America/Chicago");
});

Deno.test("R34: a zone is an IANA name in any letter case", () => {
  assert.equal(openTimezone("america/chicago", RULES).id, "America/Chicago");
  assert.equal(openTimezone("UTC", RULES).id, "UTC");
  assert.equal(openTimezone("America/Argentina/Buenos_Aires", RULES).instantOf(0, 0), 3 * HOUR);
  assert.equal(openTimezone("Etc/GMT+5", RULES).instantOf(0, 0), 5 * HOUR);
});

Deno.test("R34: what is no IANA zone is refused with its name", () => {
  for (
    const name of ["", "Mars/Olympus", "+0530", "-06", "Z", "America/Chicago ", "UTC+3", "America", "Chicago[UTC]"]
  ) {
    const refusal = { name: "RangeError", message: `"${name}" is not an IANA time zone` };
    assert.throws(() => openTimezone(name, RULES), refusal);
  }
});

Deno.test("R25: the hours of a date that a zone skips fall on the date after it, a gap further on", () => {
  // Friday 2011-12-30 09:00 to 17:00 in Apia becomes Saturday 31st 09:00+14 to 17:00+14.
  const open = opened([hours("Friday", "09:00", "17:00")], "Pacific/Apia", ["2011-12-28 00:00", "2012-01-02 00:00"]);
  assert.deepEqual(open, ["2011-12-30 19:00 to 2011-12-31 03:00"]);
});
