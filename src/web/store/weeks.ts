import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";

/** The as-ofs of the previous and the next week. Undefined where there is no more data. */
interface WeeksBeside {
  readonly before: Micros | undefined;
  readonly after: Micros | undefined;
}

/**
 * The next week ends no later than the latest poll of all stores, because later time has no data. There is a previous week
 * only if the store has polls before this one.
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
