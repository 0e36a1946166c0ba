import { utcMidnight } from "../../domain/time/instant.ts";
import { DAY } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";

/** The number of days since 1970-01-01 of a date such as `2026-12-25`. */
export function epochDay(date: string): EpochDay {
  const [year = NaN, month = NaN, day = NaN] = date.split("-").map(Number);
  return (utcMidnight(year, month, day) ?? NaN) / DAY;
}

/** A date as `2026-12-25`. */
export function dateText(date: EpochDay): string {
  return new Date(date * 86_400_000).toISOString().slice(0, 10);
}

/** So many dates, from one on. */
export function daysFrom(date: string, length: number): string[] {
  const first = epochDay(date);
  return Array.from({ length }, (_, index) => dateText(first + index));
}
