import assert from "node:assert/strict";
import { instantKind } from "../../../src/ingest/values/instant.ts";
import { reads, reasonOf, refuses } from "../../support/values.ts";

const UTC = instantKind({ name: "timestamp_utc", isUtc: true });
const OTHER = instantKind({ name: "seen_at", isUtc: false });

/** 2023-01-25 18:13:22 UTC */
const AT = 1_674_670_402_000_000;
const MINUTE = 60_000_000;

Deno.test("R6: an instant has date and time, 0 to 9 fraction digits, and UTC, Z or an offset", () => {
  const texts: Record<string, number> = {
    "2023-01-25 18:13:22.479220 UTC": AT + 479_220,
    "2023-01-25 18:13:22.4 UTC": AT + 400_000,
    "2023-01-25 18:13:22 UTC": AT,
    "2023-01-25T18:13:22Z": AT,
    "2023-01-25t18:13:22z": AT,
    "2023-01-25 18:13:22,479 UTC": AT + 479_000,
    "2023-01-25T12:13:22.000001-06:00": AT + 1,
    "2023-01-25 18:13 UTC": AT - 22_000_000,
    "2023-01-25T18:13:22.4792200Z": AT + 479_220,
  };
  reads(OTHER, texts);
  reads(UTC, texts);
});

Deno.test("an hour may have one digit", () => {
  reads(OTHER, { "2023-01-25 8:13:22 UTC": AT - 600 * MINUTE, "2023-01-25T8:13:22Z": AT - 600 * MINUTE });
});

Deno.test("each way to write the zone of an instant is read", () => {
  for (
    const zone of [
      "Z",
      "z",
      " UTC",
      "UTC",
      " GMT",
      " Etc/UTC",
      "+00",
      "+0000",
      "+00:00",
      "-00:00",
      " +0000 UTC",
      "Z[UTC]",
      "+00:00[UTC]",
    ]
  ) {
    reads(OTHER, { [`2023-01-25 18:13:22${zone}`]: AT });
  }
  for (const zone of ["+0530", "+05:30", " +05:30"]) reads(OTHER, { [`2023-01-25 23:43:22${zone}`]: AT });
  reads(OTHER, { "2023-01-25 10:13:22-08": AT });
});

Deno.test("digits after the sixth are cut, with a notice if they are not zeros", () => {
  reads(OTHER, { "2023-01-25T18:13:22.1234567Z": AT + 123_456, "2023-01-25T18:13:22.012098979Z": AT + 12_098 }, [
    "fraction_cut",
  ]);
});

Deno.test("without a zone an instant is in UTC if its column says so, with a notice", () => {
  reads(UTC, { "2023-01-25 18:13:22": AT, "2023-01-25T18:13:22.5": AT + 500_000, "20230125T181322": AT }, [
    "utc_by_column",
  ]);
  refuses(OTHER, { "2023-01-25 18:13:22": "instant_without_zone", "20230125T181322": "instant_without_zone" });
  assert.match(reasonOf(OTHER, "2023-01-25 18:13:22"), /--column timestamp_utc=seen_at/);
});

Deno.test("compact ISO 8601 is read", () => {
  reads(OTHER, {
    "20230125T181322Z": AT,
    "20230125T1813Z": AT - 22_000_000,
    "20230125T181322.5Z": AT + 500_000,
    "20230125T234322+0530": AT,
  });
});

Deno.test("whole numbers of 10, 13 and 16 digits are seconds, milliseconds and microseconds since 1970", () => {
  reads(OTHER, { "1674670402": AT, "1674670402479": AT + 479_000, "1674670402479220": AT + 479_220 });
  refuses(OTHER, { "9999999999": "instant_too_late" });
});

Deno.test("24:00:00 is the next midnight, and 23:59:60 the first instant of the next minute, with a notice", () => {
  const midnight = AT - 22_000_000 - 13 * MINUTE + 6 * 60 * MINUTE;
  reads(OTHER, { "2023-01-25 24:00:00 UTC": midnight, "2023-01-25 24:00Z": midnight, "20230125T240000Z": midnight });
  reads(OTHER, { "2023-01-25 23:59:60 UTC": midnight, "2023-01-25 23:59:60.5 UTC": midnight }, ["leap_second"]);
});

Deno.test("each way to write an instant that cannot be read has a reason of its own", () => {
  refuses(UTC, {
    "": "instant_empty",
    "NaT": "instant_missing",
    "now": "instant_is_word",
    "01/02/2023 10:00": "instant_day_or_month",
    "25.01.2023 10:00": "instant_day_or_month",
    "25-01-2023 10:00:00": "instant_day_or_month",
    "1/25/23 6:13 PM": "instant_short_year",
    "2023/01/25 18:13:22": "instant_date_separator",
    "2023.01.25 18:13:22": "instant_date_separator",
    "2023-1-5 18:13:22": "instant_short_date",
    "2023-01-25": "instant_without_time",
    "20230125": "instant_without_time",
    "2023-01": "instant_without_day",
    "2023": "instant_year_alone",
    "18:13:22": "instant_without_date",
    "2023-W04-3T18:13:22Z": "instant_week_date",
    "2023-025T18:13:22Z": "instant_day_of_year",
    "2023-01-25 06:13:22 PM": "instant_twelve_hours",
    "Wed, 25 Jan 2023 18:13:22 GMT": "instant_month_name",
    "2023-01-25T18Z": "instant_without_minutes",
    "2023-01-25T181322Z": "instant_mixed_forms",
    "2023-01-25 18.13.22": "instant_time_separator",
    "2023-01-25 18:3": "instant_short_time",
    "2023-01-25_18:13:22": "instant_date_time_separator",
    "2023-01-25  18:13:22": "instant_date_time_separator",
    "2023-01-25 18:13:22 PST": "instant_named_zone",
    "2023-01-25T18:13:22+01:00[Europe/Paris]": "instant_bad_offset",
    "2023-01-25T18:13:22[Europe/Paris]": "instant_named_zone",
    "2023-01-25 18:13:22 +5": "instant_bad_offset",
    "2023-01-25 18:13:22+25:00": "instant_bad_offset",
    "2023-01-25 18:13:22 +0530 UTC": "instant_zone_contradicts",
    "2023-01-25 18:13:22 #": "instant_trailing_text",
    "2023-01-25 18:13:22:500": "instant_bad_time",
    "2023-02-29 18:13:22 UTC": "instant_no_such_date",
    "2023-13-01 18:13:22 UTC": "instant_no_such_date",
    "2023-01-25 25:00:00 UTC": "instant_no_such_time",
    "2023-01-25 18:60:00 UTC": "instant_no_such_time",
    "2023-01-25 18:13:61 UTC": "instant_no_such_time",
    "2023-01-25 24:00:01 UTC": "instant_after_24",
    "2023-01-25 18:13:60 UTC": "instant_no_leap_second",
    "2023-01-25 18:13:22.1234567890 UTC": "instant_long_fraction",
    "1.67467E+12": "instant_rounded",
    "-1674670402": "instant_signed",
    "44951.75928": "instant_spreadsheet_day",
    "44951": "instant_spreadsheet_day",
    "1674670402.5": "instant_fraction_of_number",
    "20230125181322": "instant_digits_without_t",
    "1674670402479220000": "instant_nanoseconds",
    "167467040": "instant_digit_count",
    "1969-12-31 23:59:59 UTC": "instant_too_early",
    "2200-01-01 00:00:00 UTC": "instant_too_late",
    "soon": "instant_unknown",
    [`2023-01-25 18:13:22${" ".repeat(1_000_000)}`]: "too_long",
  });
});
