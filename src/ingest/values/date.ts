import { utcMidnight } from "../../domain/time/instant.ts";
import { type FaultForm, findFault, isTooLong, NO_VALUE, TOO_LONG, Unreadable, type ValueKind } from "./value.ts";

const LIKE_THIS = "write it as 2026-12-25";

/** What people write as a date and cannot be read. From the top, the first form that fits gives the reason. */
const FORMS: readonly FaultForm[] = [
  { form: /^$/, code: "date_empty", reason: `is empty: ${LIKE_THIS}` },
  { form: NO_VALUE, code: "date_missing", reason: `says that there is no value: ${LIKE_THIS}` },
  {
    form: /^\d{4}-\d\d-\d\d[T ]/i,
    code: "date_with_time",
    reason: `has a time behind the date: ${LIKE_THIS}, without a time`,
  },
  {
    form: /^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$/,
    code: "date_order",
    reason: `may have the day or the month first: ${LIKE_THIS}, the year first`,
  },
  {
    form: /^\d{4}[-./]\d{1,2}[-./]\d{1,2}$/,
    code: "date_digits",
    reason: `is not written with four, two and two digits and "-" between them: ${LIKE_THIS}`,
  },
  { form: /^\d{8}$/, code: "date_compact", reason: `has no "-" between year, month and day: ${LIKE_THIS}` },
  { form: /^\d+(?:\.\d+)?$/, code: "date_number", reason: `is a number, perhaps a spreadsheet's day: ${LIKE_THIS}` },
  { form: /^\d{4}-?W\d\d/i, code: "date_week", reason: `is a week date: ${LIKE_THIS}` },
  { form: /\p{L}/u, code: "date_with_word", reason: `has a word in it: ${LIKE_THIS}` },
];

const UNKNOWN = new Unreadable("date_unknown", `is not a date: ${LIKE_THIS}`);
const NO_SUCH_DATE = new Unreadable("date_no_such", "is not in the calendar: correct the month or the day");
const OUT_OF_RANGE = new Unreadable("date_out_of_range", "is not from 1970 to 2199: correct the year");

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** A date of a calendar, as `2026-12-25`. */
export const DATE_OF_CALENDAR: ValueKind<string> = {
  read(text) {
    if (isTooLong(text)) return TOO_LONG;
    const [, year, month, day] = DATE.exec(text) ?? [];
    if (year === undefined) return findFault(text, FORMS, UNKNOWN);
    if (utcMidnight(Number(year), Number(month), Number(day)) === undefined) return NO_SUCH_DATE;
    return Number(year) >= 1970 && Number(year) < 2200 ? text : OUT_OF_RANGE;
  },
};
