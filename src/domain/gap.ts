import { cut, type Interval, type Micros, without } from "./time/interval.ts";
import { instantOf } from "./polls/poll.ts";
import { reachOf } from "./polls/reach.ts";
import type { StoreTime } from "./measures/store_time.ts";

/**
 * A run of time that no poll reaches: why some of a number is not observed. Its start and end are the true ones, also outside of the span
 * that was looked at. It starts at -∞ if there is no poll before it.
 */
export interface Gap extends Interval {
  /** The scheduled time in it, within the span. */
  readonly parts: readonly Interval[];
  /** How long the parts are. All gaps of a window add up to the scheduled time that was not observed. */
  readonly scheduled: Micros;
  /** Whether no poll ends it: `end` is as-of then. */
  readonly ongoing: boolean;
}

/** The gaps that take scheduled time from a span, in the order of time. The schedule must be known for all of it. */
export function gaps(time: StoreTime, span: Interval, asOf: Micros): Gap[] {
  const scheduled = scheduledTime(time, span);
  return unreached(time).flatMap(({ start, end: until }) => {
    const end = Math.min(until, asOf);
    const parts = cut(scheduled, { start, end });
    return parts.length === 0 ? [] : [{ start, end, parts, scheduled: lengthOf(parts), ongoing: until > asOf }];
  });
}

/** The time that measures are parts of (4.2): openings without exclusions, or all of the span without them. */
function scheduledTime({ openings, exclusions, method }: StoreTime, span: Interval): Interval[] {
  const counted = method.closed === "uptime" ? [span] : cut(openings, span);
  return without(counted, exclusions);
}

/** The time between the reaches of the polls that the method uses, from the beginning to the end of time. */
function unreached({ used, method, staleAfter }: StoreTime): Interval[] {
  const reach = reachOf(method, staleAfter);
  return Array.from({ length: used.instants.length + 1 }, (_, next) => {
    const [before, after] = [instantOf(used, next - 1), instantOf(used, next)];
    return { start: reach.until(before, after), end: reach.from(before, after) };
  }).filter(({ start, end }) => start < end);
}

function lengthOf(intervals: readonly Interval[]): Micros {
  return intervals.reduce((sum, { start, end }) => sum + (end - start), 0);
}
