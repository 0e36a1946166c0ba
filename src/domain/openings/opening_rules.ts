import { type Interval, merge, overlap } from "../time/interval.ts";
import { weekdayOf } from "../time/date.ts";
import type { EpochDay, Timezone } from "../time/timezone.ts";
import { hoursOn, type HoursVersion } from "./business_hours.ts";
import { type Exclusion, exclusionAt } from "./exclusion.ts";
import { openingOn, type OpeningTime, WHOLE_DATE } from "./opening_time.ts";
import { type SpecialHours, specialOn } from "./special_hours.ts";

/** What is known of the times at which a store is open, on its own clock. */
export interface Calendar {
  /** Weekly hours, in the order of the dates from which they hold. Empty: no hours are known. */
  readonly versions: readonly HoursVersion[];
  /** Those of the store, then those of all stores: of several with a date, the first counts. */
  readonly special: readonly SpecialHours[];
  /** In any order. They do not change openings. */
  readonly exclusions: readonly Exclusion[];
}

/** The calendar of a store of which nothing is known. */
export const NO_CALENDAR: Calendar = { versions: [], special: [], exclusions: [] };

/** Whatever decides when a store is open. The one way from here to instants is `openings`, and `excluded` beside it. */
export interface OpeningRules extends Calendar {
  readonly timezone: Timezone;
}

/** Opening rules as they are stored and posted to a worker: the zone is a name that may be unknown here. */
export interface StoredRules extends Calendar {
  /** Undefined: no zone is known. */
  readonly timezone: string | undefined;
}

/**
 * The openings of a store within a span of time: sorted, apart from each other, cut to the span. A date without known hours and
 * without special hours is open from midnight to midnight.
 */
export function openings(rules: OpeningRules, span: Interval): Interval[] {
  const { timezone, versions, special } = rules;
  if (versions.length === 0 && special.length === 0) return merge([span]);
  // Two dates before: an opening reaches over one midnight, and over a whole date that a zone skips (Apia, 2011-12-30).
  // One date after: where clocks go back just after midnight (St. John's, 00:01 to 23:01), the next date starts twice.
  const first = timezone.dateAt(span.start) - 2;
  const last = timezone.dateAt(span.end) + 1;
  const found: Interval[] = [];
  for (let date = first; date <= last; date++) {
    forEachTime(rules, date, (time) => found.push(overlap(openingOn(date, time, timezone), span)));
  }
  return merge(found);
}

/** Goes through the opening times of a date. They may overlap. */
function forEachTime({ versions, special }: Calendar, date: EpochDay, visit: (time: OpeningTime) => void): void {
  const times = specialOn(special, date);
  const hours = times === undefined ? hoursOn(versions, date) : undefined;
  if (hours === undefined) (times ?? WHOLE_DATE).forEach(visit);
  else {
    const day = weekdayOf(date);
    for (const row of hours) if (row.day === day) visit(row);
  }
}

/** What a store's exclusions take out of a span of time: sorted, apart from each other, cut to the span. */
export function excluded({ timezone, exclusions }: OpeningRules, span: Interval): Interval[] {
  return exclusions.length === 0 ? [] : merge(exclusions.map((each) => overlap(exclusionAt(each, timezone), span)));
}
