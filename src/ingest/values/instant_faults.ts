import type { Micros } from "../../domain/time/interval.ts";
import type { Clock } from "./clock.ts";
import { type FaultForm, findFault, NO_VALUE, Unreadable } from "./value.ts";

const LIKE_THIS = "write it as 2023-01-25 18:13:22 UTC";
const MONTH = /(?:^|[^a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[^a-z]|$)/i;

/** What people write as an instant and cannot be read. From the top, the first form that fits gives the reason. */
const FORMS: readonly FaultForm[] = [
  { form: /^$/, code: "instant_empty", reason: `is empty: ${LIKE_THIS}` },
  {
    form: NO_VALUE,
    code: "instant_missing",
    reason: "says that there is no value: write an instant, or leave the row out",
  },
  {
    form: /^(?:now|today|yesterday|tomorrow)\b/i,
    code: "instant_is_word",
    reason: `is a word whose instant depends on when it was written: ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-?W\d\d/i,
    code: "instant_week_date",
    reason: `is a week date: write year, month and day, ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-\d{3}(?!\d)|^\d{7}T/i,
    code: "instant_day_of_year",
    reason: `has the day of the year: write year, month and day, ${LIKE_THIS}`,
  },
  {
    form: /^(?:\d{4}-\d\d-\d\d|\d{8})[Tt]?$/,
    code: "instant_without_time",
    reason: `is a date without a time: ${LIKE_THIS}`,
  },
  { form: /^\d{4}-\d\d$/, code: "instant_without_day", reason: `is a month without a day: ${LIKE_THIS}` },
  { form: /^\d{4}$/, code: "instant_year_alone", reason: `is a year, or a number with too few digits: ${LIKE_THIS}` },
  {
    form: MONTH,
    code: "instant_month_name",
    reason: `has the name of a month: write the month as two digits, ${LIKE_THIS}`,
  },
  {
    form: /^\d{1,2}[./-]\d{1,2}[./-]\d{4}/,
    code: "instant_day_or_month",
    reason: `has day and month in unclear order: write the year first, then the month, ${LIKE_THIS}`,
  },
  {
    form: /^\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)/,
    code: "instant_short_year",
    reason: `has a year of two digits, so that its order is unclear: write four digits, ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}[./]\d{1,2}[./]\d{1,2}/,
    code: "instant_date_separator",
    reason: `separates its date by other signs than "-": ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-(?:\d-|\d\d-\d(?!\d))/,
    code: "instant_short_date",
    reason: `has a month or a day of one digit: write two digits, ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-\d\d-\d\d[Tt ]\d{1,2}(?:\s?Z|\s?UTC|[+-].*)?$/,
    code: "instant_without_minutes",
    reason: `has an hour without minutes: ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-\d\d-\d\d[Tt ]\d{4}/,
    code: "instant_mixed_forms",
    reason:
      "has a date with hyphens and a time without colons: write both with, or both without, as in 20230125T181322Z",
  },
  {
    form: /^\d{4}-\d\d-\d\d[Tt ]\d{1,2}[.h-]/,
    code: "instant_time_separator",
    reason: `separates hours and minutes by another sign than ":": ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-\d\d-\d\d[Tt ]\d{1,2}:\d(?!\d)/,
    code: "instant_short_time",
    reason: `has minutes of one digit: ${LIKE_THIS}`,
  },
  {
    form: /^\d{4}-\d\d-\d\d(?:\s{2,}|\s*T\s+|\s+T\s*|[^T ])/i,
    code: "instant_date_time_separator",
    reason: `has something else than one T or one space between date and time: ${LIKE_THIS}`,
  },
  { form: /^\d{1,2}:\d\d/, code: "instant_without_date", reason: `is a time without a date: ${LIKE_THIS}` },
  {
    form: /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i,
    code: "instant_rounded",
    reason: "is a number that a spreadsheet has rounded: export the file again without opening it there",
  },
  {
    form: /^[+-]\d/,
    code: "instant_signed",
    reason: "is a number with a sign: write seconds, milliseconds or microseconds since 1970 as 10, 13 or 16 digits",
  },
  {
    form: /^[1-9]\d{4}(?:[.,]\d+)?$/,
    code: "instant_spreadsheet_day",
    reason: `looks like a spreadsheet's count of days: format the column as a date and time, ${LIKE_THIS}`,
  },
  {
    form: /^\d+[.,]\d+$/,
    code: "instant_fraction_of_number",
    reason: "is a number with a fraction: write whole milliseconds (13 digits) or microseconds (16 digits) since 1970",
  },
  {
    form: /^\d{14}$/,
    code: "instant_digits_without_t",
    reason: "has date and time in one number: write T between them and Z behind, as in 20230125T181322Z",
  },
  {
    form: /^\d{19}$/,
    code: "instant_nanoseconds",
    reason: "has 19 digits, as nanoseconds since 1970 have: write microseconds, which have 16",
  },
  {
    form: /^\d+$/,
    code: "instant_digit_count",
    reason:
      "is a number with neither 10, 13 nor 16 digits (seconds, milliseconds or microseconds since 1970): its unit is unclear",
  },
];

const UNKNOWN = new Unreadable("instant_unknown", `is not an instant: ${LIKE_THIS}`);

/** Why a text is not an instant, if it has none of the supported forms. */
export function faultOfInstant(text: string): Unreadable {
  return findFault(text, FORMS, UNKNOWN);
}

const LONGEST_FRACTION = 9;

/** Why a text that looks like an instant is not one: a part of it is out of range. */
export function faultOfParts(midnight: Micros | undefined, clock: Clock): Unreadable | undefined {
  const { hour, minute, second, fraction } = clock;
  if (midnight === undefined) {
    return new Unreadable("instant_no_such_date", "has a date that does not exist: check month and day");
  }
  if (hour > 24) return new Unreadable("instant_no_such_time", `has the hour ${hour}: hours go from 00 to 23`);
  if (hour === 24 && (minute > 0 || second > 0 || /[1-9]/.test(fraction))) {
    return new Unreadable("instant_after_24", "is after 24:00: write the next date, with an hour from 00");
  }
  if (minute > 59) return new Unreadable("instant_no_such_time", `has the minute ${minute}: minutes go from 00 to 59`);
  if (second > 60) return new Unreadable("instant_no_such_time", `has the second ${second}: seconds go from 00 to 59`);
  if (second === 60 && (hour !== 23 || minute !== 59)) {
    return new Unreadable(
      "instant_no_leap_second",
      "has the second 60, which exists as 23:59:60 alone: write the next minute",
    );
  }
  if (fraction.length > LONGEST_FRACTION) {
    return new Unreadable(
      "instant_long_fraction",
      `has ${fraction.length} fraction digits: write at most ${LONGEST_FRACTION}`,
    );
  }
  return undefined;
}
