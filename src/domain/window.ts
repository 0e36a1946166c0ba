import { HOUR, type Interval, type Micros } from "./interval.ts";
import type { Method } from "./method.ts";

/** The last hour, day and week before one end, in real elapsed time. Each holds the one before it. */
export interface Windows {
  readonly hour: Interval;
  readonly day: Interval;
  readonly week: Interval;
}

/** The windows of a report: they end at as-of, or at the full hour at or before it. */
export function windowsBefore(asOf: Micros, method: Method): Windows {
  const end = method.windowsEnd === "as-of" ? asOf : Math.floor(asOf / HOUR) * HOUR;
  return {
    hour: { start: end - HOUR, end },
    day: { start: end - 24 * HOUR, end },
    week: { start: end - 168 * HOUR, end },
  };
}
