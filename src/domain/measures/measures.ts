import type { Micros } from "../time/interval.ts";

/** What a report measures of each store and window: the columns of a result. All but the number of outages are whole microseconds. */
export const MEASURES = [
  "scheduled",
  "excluded",
  "up",
  "down",
  "unknown",
  "observed",
  "up_low",
  "up_high",
  "outages",
  "longest_outage",
] as const;

export type Measure = (typeof MEASURES)[number];

/** One value for each measure. */
export function eachMeasure<Value>(make: (measure: Measure) => Value): Record<Measure, Value> {
  return {
    scheduled: make("scheduled"),
    excluded: make("excluded"),
    up: make("up"),
    down: make("down"),
    unknown: make("unknown"),
    observed: make("observed"),
    up_low: make("up_low"),
    up_high: make("up_high"),
    outages: make("outages"),
    longest_outage: make("longest_outage"),
  };
}

/** The measures of one store and window. `up`, `down` and `unknown` add up to `scheduled`. */
export type Measures = Readonly<Record<Measure, Micros>>;
