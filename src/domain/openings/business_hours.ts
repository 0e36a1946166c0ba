import { type Interval, type Micros, overlap } from "../time/interval.ts";
import type { EpochDay, Timezone } from "../time/timezone.ts";

/** One weekly opening time in a store's local time. */
export interface BusinessHours {
  /** 0 = Monday … 6 = Sunday */
  readonly day: number;
  /** Microseconds after midnight, 0 ≤ start < 24 h. */
  readonly start: Micros;
  /** Microseconds after midnight, 0 ≤ end ≤ 24 h; at or before `start` it means the day after. */
  readonly end: Micros;
}

/** A store's week: `undefined` if no hours are known, empty if the store is known to be closed all week. */
export type WeeklyHours = readonly BusinessHours[] | undefined;

/** What weekly hours make of a span of time, date by date. May overlap, and may be empty. */
export function weeklyOpenings(hours: readonly BusinessHours[], timezone: Timezone, span: Interval): Interval[] {
  // Two dates before: an opening reaches over one midnight, and over a whole date that a zone skips (Apia, 2011-12-30).
  // One date after: where clocks go back just after midnight (St. John's, 00:01 to 23:01), the next date starts twice.
  const first = timezone.dateAt(span.start) - 2;
  const last = timezone.dateAt(span.end) + 1;
  const found: Interval[] = [];
  for (let date = first; date <= last; date++) {
    const day = weekday(date);
    for (const row of hours) if (row.day === day) found.push(overlap(openingOn(date, row, timezone), span));
  }
  return found;
}

function openingOn(date: EpochDay, { start, end }: BusinessHours, timezone: Timezone): Interval {
  const overnight = end <= start;
  return {
    start: timezone.instantOf(date, start),
    end: timezone.instantOf(overnight ? date + 1 : date, end),
  };
}

/** 0 = Monday. 1970-01-01 was a Thursday. */
function weekday(date: EpochDay): number {
  return ((date + 3) % 7 + 7) % 7;
}
