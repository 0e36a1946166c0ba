import { DAY } from "./interval.ts";
import type { EpochDay } from "./timezone.ts";

/** 0 = Monday. 1970-01-01 was a Thursday. */
export function weekdayOf(date: EpochDay): number {
  return ((date + 3) % 7 + 7) % 7;
}

/** The Monday on a date or before it. */
export function mondayOf(date: EpochDay): EpochDay {
  return date - weekdayOf(date);
}

/** The first date of a month. The month may lie outside of 1 to 12: month 0 is the December before. */
export function monthStart(year: number, month: number): EpochDay {
  return toEpochDay(Date.UTC(year, month - 1, 1));
}

/** The first date of the month that a date lies in, or of one that many months later. */
export function monthOf(date: EpochDay, later = 0): EpochDay {
  const utc = new Date(date * MS_PER_DAY);
  return monthStart(utc.getUTCFullYear(), utc.getUTCMonth() + 1 + later);
}

/** The date with the same day in the month before, or that month's last one if it is shorter. */
export function sameDayOfMonthBefore(date: EpochDay): EpochDay {
  const [first, firstBefore] = [monthOf(date), monthOf(date, -1)];
  return Math.min(firstBefore + (date - first), first - 1);
}

/** A date of the calendar; undefined if there is no such date. */
export function epochDay(year: number, month: number, day: number): EpochDay | undefined {
  const date = monthStart(year, month) + day - 1;
  return month >= 1 && month <= 12 && day >= 1 && date < monthStart(year, month + 1) ? date : undefined;
}

/** The Monday of an ISO week; undefined if the year has no such week. Week 1 is the week of 4 January. */
export function weekStart(year: number, week: number): EpochDay | undefined {
  const monday = mondayOf(monthStart(year, 1) + 3) + 7 * (week - 1);
  return week >= 1 && monday < mondayOf(monthStart(year + 1, 1) + 3) ? monday : undefined;
}

const MS_PER_DAY = DAY / 1000;

function toEpochDay(milliseconds: number): EpochDay {
  return milliseconds / MS_PER_DAY;
}
