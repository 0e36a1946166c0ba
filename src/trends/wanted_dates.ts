import type { Cohort } from "../db/trends/kept_dates.ts";
import { without } from "../domain/time/interval.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import type { Dates } from "../domain/trends/local_dates.ts";

/** So many dates are kept up to the last one that is over: the longest period of a page, and the one before. */
export const DATES_KEPT = 2 * 365;

/** So many dates of a store are computed at a time. */
const DATES_AT_ONCE = 31;

/** The dates that are to be kept of stores in a zone. Empty if the first date with polls is not over there. */
export function wantedDates(current: EpochDay, begins: EpochDay): Dates {
  return { start: Math.min(Math.max(begins, current - DATES_KEPT), current), end: current };
}

/** Dates that some stores lack. */
export interface Lacking {
  readonly dates: Dates;
  readonly keys: readonly number[];
}

/**
 * What to compute next: the latest dates that are lacking, of all stores that lack just these.
 *
 * @param wantedOf the dates that are to be kept of a cohort; undefined if nothing can be computed for it
 */
export function nextDates(
  cohorts: readonly Cohort[],
  wantedOf: (cohort: Cohort) => Dates | undefined,
): Lacking | undefined {
  const found = new Map<string, { dates: Dates; keys: number[] }>();
  for (const cohort of cohorts) {
    const dates = latestMissing(cohort.kept, wantedOf(cohort));
    if (dates === undefined) continue;
    const name = `${dates.start} ${dates.end}`;
    const alike = found.get(name) ?? { dates, keys: [] };
    found.set(name, alike);
    for (const key of cohort.keys) alike.keys.push(key);
  }
  return [...found.values()].sort((a, b) => b.dates.end - a.dates.end || b.keys.length - a.keys.length)[0];
}

function latestMissing(kept: readonly Dates[], wanted: Dates | undefined): Dates | undefined {
  if (wanted === undefined) return undefined;
  const last = without(wanted.start < wanted.end ? [wanted] : [], kept).at(-1);
  return last && { start: Math.max(last.start, last.end - DATES_AT_ONCE), end: last.end };
}
