import { DAY, type Interval, type Micros } from "../time/interval.ts";
import type { Timezone } from "../time/timezone.ts";

/** Why time is taken out of the count. */
export const EXCLUSION_KINDS = ["planned", "pause", "platform", "other"] as const;
export type ExclusionKind = (typeof EXCLUSION_KINDS)[number];

/** A stretch of time that is taken out of the count. */
export interface Exclusion {
  /** Whether `from` and `to` are wall times of the store's zone, written as if the zone were UTC. Otherwise they are instants. */
  readonly isLocal: boolean;
  readonly from: Micros;
  readonly to: Micros;
}

/** When an exclusion is. Empty if a clock change leaves nothing between its ends. */
export function exclusionAt({ isLocal, from, to }: Exclusion, timezone: Timezone): Interval {
  return isLocal ? { start: instantOf(from, timezone), end: instantOf(to, timezone) } : { start: from, end: to };
}

function instantOf(wallTime: Micros, timezone: Timezone): Micros {
  const date = Math.floor(wallTime / DAY);
  return timezone.instantOf(date, wallTime - date * DAY);
}
