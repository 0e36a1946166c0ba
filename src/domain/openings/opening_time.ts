import { DAY, type Interval, type Micros } from "../time/interval.ts";
import type { EpochDay, Timezone } from "../time/timezone.ts";

/** An opening time of a date, in microseconds after the midnight with which the date begins. From 24 h on, it is on the next date. */
export interface OpeningTime {
  /** 0 ≤ start < 48 h */
  readonly start: Micros;
  /** 0 ≤ end < 48 h; at or before `start` it is on the date after that of `start`. */
  readonly end: Micros;
}

/** Midnight to midnight. */
export const WHOLE_DATE: readonly OpeningTime[] = [{ start: 0, end: DAY }];

/** What an opening time makes of a date. Empty if the end is not later than the start. */
export function openingOn(date: EpochDay, { start, end }: OpeningTime, timezone: Timezone): Interval {
  const overnight = end <= start;
  return {
    start: timezone.instantOf(date, start),
    end: timezone.instantOf(overnight ? date + 1 : date, end),
  };
}
