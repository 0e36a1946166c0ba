import { DAY, HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import type { Fault } from "../faults/fault.ts";
import { DATE_OF_CALENDAR } from "../values/date.ts";
import { TIME_OF_DAY } from "../values/time_of_day.ts";
import { Unreadable } from "../values/value.ts";
import { faultAt, field, isMissing, isObject, type Located } from "./located.ts";

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

const NO_DAY = new Unreadable("day_unknown", "is not a day: write MONDAY to SUNDAY");
const NO_TIME = new Unreadable(
  "time_unknown",
  'is not a time of day: write {"hours": 9, "minutes": 30}, up to 24 hours',
);
const NO_DATE = new Unreadable("date_unknown", 'is not a date: write {"year": 2026, "month": 12, "day": 25}');

/** 0 = Monday */
export function googleDay(found: Located): number | Fault {
  const day = typeof found.value === "string" ? DAYS.indexOf(found.value.toUpperCase()) : -1;
  return day === -1 ? faultAt(found, NO_DAY) : day;
}

/** A time of day up to 24:00. Google leaves out what is 0, even the whole time. Its older interface writes `"09:30"`. */
export function googleTime(found: Located): Micros | Fault {
  if (isMissing(found)) return 0;
  const time = typeof found.value === "string" ? TIME_OF_DAY.read(found.value, () => {}) : timeOf(found);
  if (time instanceof Unreadable) return faultAt(found, time);
  return time > DAY ? faultAt(found, NO_TIME) : time;
}

const PARTS = [["hours", HOUR, 24], ["minutes", MINUTE, 59], ["seconds", SECOND, 59]] as const;

function timeOf(found: Located): Micros | Unreadable {
  if (!isObject(found.value)) return NO_TIME;
  let time = 0;
  for (const [name, length, most] of PARTS) {
    const { value = 0 } = field(found, name);
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most) return NO_TIME;
    time += value * length;
  }
  return time;
}

/** A date as `2026-12-25`. */
export function googleDate(found: Located): string | Fault {
  const date = typeof found.value === "string" ? found.value : textOf(found);
  const read = date === undefined ? NO_DATE : DATE_OF_CALENDAR.read(date, () => {});
  return read instanceof Unreadable ? faultAt(found, read) : read;
}

function textOf(found: Located): string | undefined {
  const [year, month, day] = ["year", "month", "day"].map((name) => field(found, name).value);
  if (![year, month, day].every(Number.isInteger)) return undefined;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
