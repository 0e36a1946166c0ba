import { type WeeklyHours, weeklyOpenings } from "./business_hours.ts";
import { type Interval, merge } from "../time/interval.ts";
import type { Timezone } from "../time/timezone.ts";

/** Whatever decides when a store is open. The one way from here to instants is `openings`. */
export interface OpeningRules {
  readonly timezone: Timezone;
  readonly weekly: WeeklyHours;
}

/** Opening rules as they are stored and posted to a worker: the zone is a name that may be unknown here. */
export interface StoredRules extends Omit<OpeningRules, "timezone"> {
  /** Undefined: no zone is known. */
  readonly timezone: string | undefined;
}

/**
 * The openings of a store within a span of time: sorted, apart from each other, cut to the span. A store of which no hours are known
 * is always open; one with hours on some weekdays is closed on the others.
 */
export function openings({ weekly, timezone }: OpeningRules, span: Interval): Interval[] {
  return merge(weekly === undefined ? [span] : weeklyOpenings(weekly, timezone, span));
}
