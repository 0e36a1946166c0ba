import { openings, type WeeklyHours } from "./business_hours.ts";
import { type Interval, type Micros, timeWithin } from "./interval.ts";
import type { Timezone } from "./timezone.ts";
import type { Windows } from "./window.ts";

/** When a store was open in a report's windows. */
export interface Schedule {
  /** Of the week: sorted, apart from each other. */
  readonly openings: readonly Interval[];
  /** Scheduled time, in microseconds. */
  readonly time: Readonly<Record<keyof Windows, Micros>>;
}

export function schedule(hours: WeeklyHours, timezone: Timezone, windows: Windows): Schedule {
  const open = openings(hours, timezone, windows.week);
  const time = {
    hour: timeWithin(open, windows.hour),
    day: timeWithin(open, windows.day),
    week: timeWithin(open, windows.week),
  };
  return { openings: open, time };
}
