import type { Micros } from "../time/interval.ts";

/** How many outages a window has, and the down time of the longest of them. */
export interface OutageCount {
  readonly outages: number;
  readonly longest: Micros;
}

/**
 * Counts the outages of a window. All down time lies in outages, so an outage is a run of the down time that a store collects: from
 * what it had when the outage began, to what it had when the next one began.
 *
 * @param begins the down time that the store had at the beginning of each outage, ascending
 * @param from the down time that it had when the window began
 * @param to the down time that it had when the window ended
 */
export function countOutages(begins: readonly Micros[], from: Micros, to: Micros): OutageCount {
  let outages = 0;
  let longest = 0;
  for (let index = begins.length - 1; index >= 0; index--) {
    const end = Math.min(begins[index + 1] ?? Infinity, to);
    if (end <= from) break;
    const down = end - Math.max(begins[index] ?? NaN, from);
    if (down <= 0) continue;
    outages++;
    if (down > longest) longest = down;
  }
  return { outages, longest };
}
