import { type Interval, type Micros, overlap, timeWithin } from "./time/interval.ts";
import type { StateChange } from "./polls/state.ts";

/** An outage (R55) as people are told of it: up to as-of, and with what it took of business hours. */
export interface Outage extends Interval {
  /** How much of it lies in openings outside exclusions, and in the span that was looked at. */
  readonly inOpenings: Micros;
  /** Whether it had not ended yet at as-of; `end` is as-of then. */
  readonly ongoing: boolean;
}

/**
 * The outages that took business hours from a span of time, in the order of time. Start and end are told as they were,
 * even where they lie outside of the span. An outage that falls only into closed or excluded time does not count.
 *
 * @param openings without what is excluded
 */
export function outages(
  openings: readonly Interval[],
  changes: readonly StateChange[],
  { span, asOf }: { readonly span: Interval; readonly asOf: Micros },
): Outage[] {
  return changes.flatMap(({ start, state }, index) => {
    if (state !== "down" || start > asOf) return [];
    const until = changes[index + 1]?.start ?? Infinity;
    const end = Math.min(until, asOf);
    const inOpenings = timeWithin(openings, overlap({ start, end }, span));
    return inOpenings > 0 ? [{ start, end, inOpenings, ongoing: until > asOf }] : [];
  });
}
