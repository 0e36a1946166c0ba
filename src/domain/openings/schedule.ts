import { type Interval, type Micros, timeWithin } from "../time/interval.ts";
import { type OpeningRules, openings } from "./opening_rules.ts";
import { spanOf } from "../time/window.ts";

/** When a store was open in a report's windows. */
export interface Schedule {
  /** Of the span of all windows: sorted, apart from each other. */
  readonly openings: readonly Interval[];
  /** Scheduled time of each window, in microseconds. */
  readonly time: readonly Micros[];
}

export function schedule(rules: OpeningRules, windows: readonly Interval[]): Schedule {
  const open = openings(rules, spanOf(windows));
  return { openings: open, time: windows.map((window) => timeWithin(open, window)) };
}
