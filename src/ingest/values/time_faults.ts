import { type FaultForm, findFault, NO_VALUE, Unreadable } from "./value.ts";

const LIKE_THIS = "write it as 09:00 or 9:00 AM";
const TWO_TIMES = "holds two times: write the start and the end in a column each";

/** What people write as a time of day and cannot be read. From the top, the first form that fits gives the reason. */
const FORMS: readonly FaultForm[] = [
  {
    form: NO_VALUE,
    code: "time_missing",
    reason: "says that there is no value: leave both times empty if the day is closed",
  },
  {
    form: /^closed$/i,
    code: "time_closed",
    reason: "is no time beside one: write closed as the start, and closed or nothing as the end",
  },
  {
    form: /^(?:open(?: all day)?|all day|24 ?h(?:ours)?|24\/7|always)$/i,
    code: "time_all_day",
    reason: "is not a time: a whole day is 00:00 to 24:00",
  },
  {
    form: /^(?:geschlossen|ruhetag|ferm[ée]e?|cerrado|chiuso|fechado|gesloten|off)$/i,
    code: "time_closed_word",
    reason: "is not a time of day: if it means closed, write closed, or leave both times empty",
  },
  // No zone is 15 hours behind UTC.
  {
    form: /^\d{1,2}:\d\d-(?:1[5-9]|2\d):\d\d$/,
    code: "time_range",
    reason: TWO_TIMES,
  },
  {
    form: /^\d{1,2}:\d\d.*(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$/i,
    code: "time_with_zone",
    reason: "has a time zone: hours are in the store's local time, leave the zone out",
  },
  { form: /\d\s*[ap]\.\s?m\.?$/i, code: "time_dotted_am", reason: "has dots in AM or PM: write it as 9:00 AM" },
  {
    form: /\d.*(?:-|–|\bto\b).*\d/i,
    code: "time_range",
    reason: TWO_TIMES,
  },
  {
    form: /^\d{1,2}:\d\d:\d\d[.,]\d+$/,
    code: "time_fraction",
    reason: "has a fraction of a second that is not 1 to 6 digits behind a point",
  },
  {
    form: /^\d{1,2}:\d\d(?::\d\d)? ?\p{L}+$/u,
    code: "time_with_word",
    reason: `has a word behind the time: ${LIKE_THIS}`,
  },
  {
    form: /^\d{1,2}:\d{1,2}:?/,
    code: "time_short",
    reason: `has minutes or seconds that are not two digits: ${LIKE_THIS}`,
  },
  {
    form: /^\d{1,2}[.,h-]\d\d(?:\D|$)|Uhr$/i,
    code: "time_separator",
    reason: `separates hours and minutes by another sign than ":": ${LIKE_THIS}`,
  },
  {
    form: /^[01]?[.,]\d+$|^\d+[.,]\d+$/,
    code: "time_decimal",
    reason: `is a decimal number, perhaps a spreadsheet's part of a day: format the column as a time, ${LIKE_THIS}`,
  },
  {
    form: /^\d{1,2}$/,
    code: "time_hour_alone",
    reason: `is a number, which may mean morning or evening, or not an hour: ${LIKE_THIS}`,
  },
  { form: /^\d+$/, code: "time_without_colon", reason: `has no colon: ${LIKE_THIS}` },
  { form: /^-/, code: "time_negative", reason: `is negative: ${LIKE_THIS}` },
];

const UNKNOWN = new Unreadable("time_unknown", `is not a time of day: ${LIKE_THIS}`);

/** Why a text is not a time of day, if it has none of the supported forms. */
export function faultOfTime(text: string): Unreadable {
  return findFault(text, FORMS, UNKNOWN);
}
