import type { TimedChange } from "../db/stores/store_changes.ts";
import type { Cohort, StaleDates, StaleZone } from "../db/trends/kept_dates.ts";
import type { Timezone } from "../domain/time/timezone.ts";
import { type Dates, datesConcerned } from "../domain/trends/local_dates.ts";

/** What is no longer right because of some changes. */
export interface Stale {
  readonly stores: readonly StaleDates[];
  readonly zones: readonly StaleZone[];
}

type ZoneOf = (cohort: { readonly timezone: string | undefined }) => Timezone | RangeError;

/** Finds the dates that changes concern, by the zones of the stores. Of a zone that is not known, nothing is kept. */
export function staleDates(changes: readonly TimedChange[], cohorts: readonly Cohort[], zoneOf: ZoneOf): Stale {
  const stores: StaleDates[] = [];
  const zones: StaleZone[] = [];
  if (changes.length === 0) return { stores, zones };
  const cohortOf = new Map(cohorts.flatMap((cohort) => cohort.keys.map((key) => [key, cohort] as const)));
  const names = new Set(cohorts.map(({ timezone }) => timezone));
  for (const change of changes) {
    if (change.keys === undefined) {
      for (const timezone of names) {
        const zone = zoneOf({ timezone });
        zones.push({ timezone, ...(zone instanceof RangeError ? ALL_DATES : datesConcerned(zone, change)) });
      }
      continue;
    }
    for (const storeKey of change.keys) {
      const cohort = cohortOf.get(storeKey);
      const zone = cohort === undefined ? undefined : zoneOf(cohort);
      if (zone === undefined) continue;
      stores.push({ storeKey, ...(zone instanceof RangeError ? ALL_DATES : datesConcerned(zone, change)) });
    }
  }
  return { stores, zones };
}

const ALL_DATES: Dates = { start: -Infinity, end: Infinity };
