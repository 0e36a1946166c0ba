import type { StagedSpecialHours } from "../../db/stores/stage_special_hours.ts";
import type { Fault } from "../faults/fault.ts";
import { DATE_OF_CALENDAR } from "../values/date.ts";
import { REASON } from "../values/short_text.ts";
import { type Note, Unreadable } from "../values/value.ts";
import { weekdayOf } from "../../domain/time/date.ts";
import { daysFrom, epochDay } from "../entries/dates.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { faultAt, field, isMissing, type Located } from "./located.ts";
import { daysOf, openingOfDate, timesOf } from "./schema_specification.ts";
import type { StoreOf } from "../entries/entry.ts";

/** A season. Hours of more dates are no special ones. */
const MOST_DATES = 92;

const NO_DATE = new Unreadable("date_missing", "is missing: special hours need validFrom and validThrough");
const BEFORE = new Unreadable("date_before_start", "is before validFrom: correct one of both");
const TOO_MANY = new Unreadable(
  "dates_too_many",
  `is more than ${MOST_DATES} dates after validFrom: leave validThrough out if the hours go on, or write shorter parts`,
);

/** Reads a specification of some dates: each of them, or those of the weekdays that it names, has special hours. */
export function readDates(specification: Located, store: StoreOf, list: EntryList): void {
  const notes: Parameters<Note>[0][] = [];
  const dates = datesOf(specification, (notice) => notes.push(notice));
  if (!Array.isArray(dates)) return list.read("special-hours", store, () => dates);
  const template = templateOf(specification, (notice) => notes.push(notice));
  if ("code" in template) return list.read("special-hours", store, () => template);
  for (const [place, date] of dates.entries()) {
    list.read("special-hours", store, (storeId, note) => {
      if (place === 0) notes.forEach(note);
      return { storeId, date, ...template };
    });
  }
}

export function dateOf(found: Located): string | Fault {
  if (isMissing(found)) return faultAt(found, NO_DATE);
  const date = typeof found.value === "string" ? DATE_OF_CALENDAR.read(found.value.trim(), () => {}) : NO_DATE;
  return date instanceof Unreadable ? faultAt(found, date) : date;
}

function datesOf(specification: Located, note: Note): string[] | Fault {
  const ending = field(specification, "validThrough");
  const [from, through] = [dateOf(field(specification, "validFrom")), dateOf(ending)];
  if (typeof from === "object") return from;
  if (typeof through === "object") return through;
  const length = epochDay(through) - epochDay(from) + 1;
  if (length < 1) return faultAt(ending, BEFORE);
  if (length > MOST_DATES) return faultAt(ending, TOO_MANY);
  const days = daysOf(specification, note);
  if (!Array.isArray(days)) return days;
  const all = daysFrom(from, length);
  if (isMissing(field(specification, "dayOfWeek"))) return all;
  const dates = all.filter((date) => days.includes(weekdayOf(epochDay(date))));
  return dates.length === 0 ? faultAt(field(specification, "dayOfWeek"), NO_SUCH_DAY) : dates;
}

const NO_SUCH_DAY = new Unreadable("day_not_in_dates", "is on none of the dates: correct the day or the dates");

function templateOf(specification: Located, note: Note): Pick<StagedSpecialHours, "times" | "reason"> | Fault {
  const times = timesOf(specification, note);
  if (times !== undefined && "code" in times) return times;
  const opening = openingOfDate(times);
  if (opening instanceof Unreadable) return faultAt(field(specification, "closes"), opening);
  const [name, description] = [field(specification, "name"), field(specification, "description")];
  const found = isMissing(name) ? description : name;
  const reason = typeof found.value === "string" ? REASON.read(found.value.trim(), note) : "";
  return reason instanceof Unreadable ? faultAt(found, reason) : { times: opening, reason };
}
