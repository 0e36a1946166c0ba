import type { Micros } from "../time/interval.ts";

/** What a report measures of each store and window, in whole microseconds: the columns of a result. */
export const MEASURES = ["scheduled", "up", "down", "unknown"] as const;

export type Measure = (typeof MEASURES)[number];

/** The measures of one store and window. `up`, `down` and `unknown` add up to `scheduled`. */
export type Measures = Readonly<Record<Measure, Micros>>;
