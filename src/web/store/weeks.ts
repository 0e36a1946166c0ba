import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";

/** The as-ofs of the weeks before and after the one on the page; undefined where the data have nothing more to show. */
interface WeeksBeside {
  readonly before: Micros | undefined;
  readonly after: Micros | undefined;
}

/**
 * The week after ends at the latest poll of all stores at the latest: later time would count as the last poll says. The week
 * before has to reach back no further than the store's first poll.
 */
export function weeksBeside(
  { request: { asOf }, firstPoll, span }: Pick<StoreTimeline, "request" | "firstPoll" | "span">,
  latest: Micros | undefined,
): WeeksBeside {
  const hasEarlier = firstPoll !== undefined && firstPoll < span.start;
  const hasLater = latest !== undefined && latest > asOf;
  return {
    before: hasEarlier ? asOf - 7 * DAY : undefined,
    after: hasLater ? Math.min(asOf + 7 * DAY, latest) : undefined,
  };
}
