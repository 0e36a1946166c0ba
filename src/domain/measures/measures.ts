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

/** The measures of one store and window. `up`, `down` and `unknown` add up to `scheduled`. */
export type Measures = Readonly<Record<Measure, Micros>>;
