import type { Micros } from "./interval.ts";

/** When a zone's clock is set to another offset from UTC, and which offsets hold before, between and after. */
export interface ZoneChanges {
  /** The instants of the changes, in the order of time. */
  readonly at: Float64Array;
  /** One more than changes: the offset before the first one, then the offset from each one on. The last one holds for good. */
  readonly offsets: Float64Array;
}

export interface ZoneRule extends ZoneChanges {
  /** The zone's name as the rules spell it. A link keeps its own name. */
  readonly id: string;
}

/**
 * The clock changes of all zones, as one release of the time zone database knows them. Plain data, so that a process can post
 * it to its workers.
 */
export interface ZoneRules {
  /** The release, such as `2026f`. */
  readonly version: string;
  /** Where the rules come from, in words for people. */
  readonly source: string;
  /** By name in lower case, links included. */
  readonly zones: ReadonlyMap<string, ZoneRule>;
}

/** Changes are listed up to the end of this year, since instants that Storewatch reads end in 2199. */
export const LAST_YEAR = 2200;
export const RULES_END: Micros = Date.UTC(LAST_YEAR + 1, 0, 1) * 1000;

export interface OffsetChange {
  readonly at: Micros;
  readonly offset: Micros;
}

/** Lists a zone's changes in the order of time. Where the offset stays, such as at a change of the zone's letters, there is no change. */
export function zoneChanges(first: Micros, changes: readonly OffsetChange[]): ZoneChanges {
  const at: Micros[] = [];
  const offsets = [first];
  for (const change of changes.toSorted((a, b) => a.at - b.at)) {
    if (change.at === at.at(-1)) {
      at.pop();
      offsets.pop();
    }
    if (change.offset === offsets.at(-1)) continue;
    at.push(change.at);
    offsets.push(change.offset);
  }
  return { at: Float64Array.from(at), offsets: Float64Array.from(offsets) };
}

/** How many changes a zone has had at an instant, which is also the place of the offset that holds then. */
export function changesUpTo({ at }: ZoneChanges, instant: Micros): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? Infinity) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
