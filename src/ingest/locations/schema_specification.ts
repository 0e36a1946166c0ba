import type { StagedTimes } from "../../db/stores/stage_special_hours.ts";
import { DAY, type Micros, MINUTE } from "../../domain/time/interval.ts";
import type { Fault } from "../faults/fault.ts";
import { ONE_TIME_EMPTY, openingsOf } from "../values/opening.ts";
import { HOLIDAYS_NOT_READ, type SaidDays } from "../values/opening_hours_text.ts";
import { specialTimes } from "../values/special_times.ts";
import { TIME_OF_DAY } from "../values/time_of_day.ts";
import { type Note, Unreadable } from "../values/value.ts";
import { Weekdays } from "../values/weekday.ts";
import { faultAt, field, isMissing, items, type Located } from "./located.ts";

export const ZERO_TO_ZERO = {
  code: "zero_to_zero_closed",
  message: "opens and closes at 00:00 was read as closed, as search engines do",
};

export const TO_LAST_MINUTE = {
  code: "last_minute_added",
  message: "opens at 00:00 and closes at 23:59 was read as open all day, as search engines do",
};

/** Times of a specification; `undefined` if it says closed. */
export type SpecifiedTimes = { readonly start: Micros; readonly end: Micros } | undefined;

/** Reads `opens` and `closes` of an `OpeningHoursSpecification`. Without both, it says closed. */
export function timesOf(specification: Located, note: Note): SpecifiedTimes | Fault {
  const [opens, closes] = [field(specification, "opens"), field(specification, "closes")];
  if (isMissing(opens) && isMissing(closes)) return undefined;
  const [start, end] = [timeOf(opens, note), timeOf(closes, note)];
  if (typeof start === "object") return start;
  if (typeof end === "object") return end;
  if (start === 0 && end === 0) return void note(ZERO_TO_ZERO);
  if (start === 0 && end >= DAY - MINUTE && end < DAY) {
    note(TO_LAST_MINUTE);
    return { start, end: DAY };
  }
  return { start, end };
}

const NOT_TIME = new Unreadable("time_unknown", "is not a time of day: write it as 09:00");

function timeOf(found: Located, note: Note): Micros | Fault {
  if (isMissing(found)) return faultAt(found, ONE_TIME_EMPTY);
  const time = typeof found.value === "string" ? TIME_OF_DAY.read(found.value.trim(), note) : NOT_TIME;
  return time instanceof Unreadable ? faultAt(found, time) : time;
}

/** Reads `dayOfWeek`. Public holidays are left out. */
export function daysOf(specification: Located, note: Note): number[] | Fault {
  const days: number[] = [];
  for (const found of items(field(specification, "dayOfWeek"))) {
    const name = typeof found.value === "string" ? found.value.trim().replace(/^.*[/:#]/, "") : "";
    if (/^publicholidays$/i.test(name)) note(HOLIDAYS_NOT_READ);
    else {
      const day = dayOf(name);
      if (day instanceof Unreadable) return faultAt(found, day);
      days.push(day);
    }
  }
  return days;
}

const NAMES = new Weekdays(undefined);
const NOT_DAY = new Unreadable("day_unknown", "is not a day: write Monday, or https://schema.org/Monday");
const TWO_LETTERS = ["mo", "tu", "we", "th", "fr", "sa", "su"];

function dayOf(name: string): number | Unreadable {
  const short = TWO_LETTERS.indexOf(name.toLowerCase());
  if (short !== -1) return short;
  return /^[a-z]+$/i.test(name) ? NAMES.read(name) : NOT_DAY;
}

/** The openings of each day. */
export function openingsOfDays(days: readonly number[], times: SpecifiedTimes): SaidDays | Unreadable {
  const said = new Map<number, readonly { day: number; start: string; end: string }[]>();
  for (const day of days) {
    const openings = times === undefined ? [] : openingsOf(day, times.start, times.end);
    if (openings instanceof Unreadable) return openings;
    said.set(day, openings);
  }
  return said;
}

/** The opening of a date. */
export function openingOfDate(times: SpecifiedTimes): StagedTimes | Unreadable | undefined {
  return times === undefined ? undefined : specialTimes(times.start, times.end);
}
