import type { Measures } from "./measures.ts";
import type { Method } from "../method.ts";
import { type Measuring, windowsBy } from "../report_request.ts";
import { type StoreFacts, type StoreTime, storeTime } from "./store_time.ts";
import { edgesOf, type Tally, tally } from "./tally.ts";
import { type Interval, merge } from "../time/interval.ts";
import { perTimezone } from "../time/per_timezone.ts";

/**
 * Measures stores by one request, of which all that no store decides is found once for each zone.
 *
 * @returns the measures of a store in each window, in their order
 */
export function measurer(measuring: Measuring): (facts: StoreFacts) => Measures[] {
  const { method } = measuring;
  const windowsOf = windowsBy(measuring);
  const planOf = perTimezone((timezone) => {
    const windows = windowsOf(timezone);
    return { windows, spans: merge(windows), edges: edgesOf(windows) };
  });
  return (facts) => {
    const { windows, spans, edges } = planOf(facts.rules.timezone);
    const tallyOf = tally(storeTime(facts, measuring, spans), edges);
    return windows.map((window) => judge(tallyOf(window), method));
  };
}

/**
 * Measures some windows at once. The openings must be known for all of them.
 *
 * @returns the measures of each of these windows
 */
export function measuresWithin(time: StoreTime, windows: readonly Interval[]): (window: Interval) => Measures {
  const tallyOf = tally(time, edgesOf(windows));
  return (window) => judge(tallyOf(window), time.method);
}

/** Judges what polls leave open: whether unknown time counts as uptime. Closed time is uptime where it counts. */
function judge(tally: Tally, { unobserved }: Method): Measures {
  const assumedUp = unobserved === "uptime" ? tally.unknown : 0;
  const scheduled = tally.up + tally.down + tally.unknown + tally.closed;
  return {
    scheduled,
    excluded: tally.excluded,
    up: tally.up + assumedUp + tally.closed,
    down: tally.down,
    unknown: tally.unknown - assumedUp,
    observed: tally.observed,
    up_low: tally.certainUp + tally.closed,
    up_high: scheduled - tally.certainDown,
    outages: tally.outages,
    longest_outage: tally.longest,
  };
}
