import { TIME_OF_DAY, timeText } from "../../../src/ingest/values/time_of_day.ts";
import type { ValueKind } from "../../../src/ingest/values/value.ts";
import { Unreadable } from "../../../src/ingest/values/value.ts";
import { reads, refuses } from "../../support/values.ts";

/** Easier to read than microseconds. */
const TIME: ValueKind<string> = {
  read(text, note) {
    const time = TIME_OF_DAY.read(text, note);
    return time instanceof Unreadable ? time : timeText(time);
  },
};

Deno.test("R7: a time of day is hours and minutes, with or without seconds, a leading zero and a fraction", () => {
  reads(TIME, {
    "00:00": "00:00:00",
    "9:00": "09:00:00",
    "9:00:00": "09:00:00",
    "09:30:15": "09:30:15",
    "09:00:00.5": "09:00:00.500000",
    "23:59:59.999999": "23:59:59.999999",
  });
});

Deno.test("a time of day may be on a 12-hour clock, or a word", () => {
  reads(TIME, {
    "9 AM": "09:00:00",
    "9am": "09:00:00",
    "09:00 AM": "09:00:00",
    "9:00 pm": "21:00:00",
    "9:30:15 Pm": "21:30:15",
    "12:00 AM": "00:00:00",
    "12:30 am": "00:30:00",
    "12 PM": "12:00:00",
    "noon": "12:00:00",
    "Midnight": "00:00:00",
  });
});

Deno.test("24:00 to 47:59 are times of the next day", () => {
  reads(TIME, { "24:00": "24:00:00", "25:30": "25:30:00", "47:59:59.999999": "47:59:59.999999" });
  refuses(TIME, { "48:00": "time_no_such_hour" });
});

Deno.test("a date before the time is dropped, with a notice", () => {
  reads(TIME, {
    "2000-01-01 08:00:00": "08:00:00",
    "1900-01-01T20:00": "20:00:00",
    "1/1/1900 8:00 PM": "20:00:00",
    "01.01.2000 noon": "12:00:00",
    "2000-01-01 24:00": "24:00:00",
  }, ["date_dropped"]);
});

Deno.test("each way to write a time that cannot be read has a reason of its own", () => {
  refuses(TIME, {
    "NULL": "time_missing",
    "closed": "time_closed",
    "24/7": "time_all_day",
    "09:00Z": "time_with_zone",
    "09:00:00+01:00": "time_with_zone",
    "9 a.m.": "time_dotted_am",
    "9:00 - 17:00": "time_range",
    "9:00-17:00": "time_range",
    "09:00-05:00": "time_with_zone",
    "09:00 Uhr": "time_with_word",
    "12:00 noon": "time_with_word",
    "geschlossen": "time_closed_word",
    "Fermé": "time_closed_word",
    "09:00:00.1234567": "time_fraction",
    "09:00:00,5": "time_fraction",
    "9:5": "time_short",
    "10.00 Uhr": "time_separator",
    "9.30": "time_separator",
    "9h30": "time_separator",
    "0.375": "time_decimal",
    "9": "time_hour_alone",
    "0900": "time_without_colon",
    "-9:00": "time_negative",
    "13:00 PM": "time_no_such_hour",
    "0:30 AM": "time_no_such_hour",
    "12:60": "time_no_such_minute",
    "12:00:60": "time_no_such_second",
    "ten": "time_unknown",
    "2000-01-01": "time_range",
    ["9".repeat(1_000)]: "too_long",
  });
});
