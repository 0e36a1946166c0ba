import type { Interval, Micros } from "../time/interval.ts";
import { countOutages, type OutageCount } from "./outage_count.ts";
import type { StoreTime } from "./store_time.ts";
import { type Reading, Walk } from "./walk.ts";

/** What a window has, before the method judges what polls leave open. */
export interface Tally extends Reading, OutageCount {}

/**
 * Walks once through a store's time, with counters that run on, and reads them where windows begin and end. What a window has is
 * the difference: one walk serves any number of windows, however they overlap.
 *
 * @param edges as `edgesOf` the windows
 * @returns what each of these windows has
 */
export function tally(time: StoreTime, edges: readonly Micros[]): (window: Interval) => Tally {
  const walk = new Walk(time, edges[0] ?? 0);
  const readings = edges.map((edge) => walk.to(edge));
  const readingAt = (edge: Micros) => readings[placeOf(edge, edges)] ?? NOTHING;
  return ({ start, end }) => difference(readingAt(end), readingAt(start), walk.outages);
}

/** Where windows begin and end, each instant once, ascending. */
export function edgesOf(windows: readonly Interval[]): Micros[] {
  return [...new Set(windows.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
}

/** Where a value stands among sorted ones that include it. Trends have hundreds of edges. */
function placeOf(value: Micros, sorted: readonly Micros[]): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function difference(end: Reading, start: Reading, outages: readonly Micros[]): Tally {
  const counted = countOutages(outages, start.down, end.down);
  return {
    up: end.up - start.up,
    down: end.down - start.down,
    unknown: end.unknown - start.unknown,
    closed: end.closed - start.closed,
    excluded: end.excluded - start.excluded,
    observed: end.observed - start.observed,
    certainUp: end.certainUp - start.certainUp,
    certainDown: end.certainDown - start.certainDown,
    outages: counted.outages,
    longest: counted.longest,
  };
}

const NOTHING: Reading = {
  up: 0,
  down: 0,
  unknown: 0,
  closed: 0,
  excluded: 0,
  observed: 0,
  certainUp: 0,
  certainDown: 0,
};
