import type { EpochDay } from "../time/timezone.ts";
import type { OpeningTime } from "./opening_time.ts";

/** One weekly opening time in a store's local time: 0 ≤ start < 24 h, 0 ≤ end ≤ 24 h. */
export interface BusinessHours extends OpeningTime {
  /** 0 = Monday … 6 = Sunday */
  readonly day: number;
}

/** A store's week: `undefined` if no hours are known, empty if the store is known to be closed all week. */
export type WeeklyHours = readonly BusinessHours[] | undefined;

/** Weekly hours that hold from a date on, until the next version. Without rows: the store is closed. */
export interface HoursVersion {
  /** `NO_BEGINNING`: the version holds for all dates before the next one. */
  readonly from: EpochDay;
  readonly hours: readonly BusinessHours[];
}

export const NO_BEGINNING: EpochDay = -Infinity;

/**
 * The weekly hours of a date. Before the first version none are known.
 *
 * @param versions in the order of their dates
 */
export function hoursOn(versions: readonly HoursVersion[], date: EpochDay): WeeklyHours {
  for (let place = versions.length - 1; place >= 0; place--) {
    const version = versions[place];
    if (version !== undefined && version.from <= date) return version.hours;
  }
  return undefined;
}
