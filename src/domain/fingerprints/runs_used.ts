import { pollsUsed, type StoreFacts } from "../measures/store_time.ts";
import type { Method } from "../method.ts";
import { at, countUpTo, upTo } from "../polls/poll.ts";
import { holdsBeyondReach } from "../polls/reach.ts";
import { type Measuring, windowsBy } from "../report_request.ts";
import type { PollRun } from "./poll_fingerprint.ts";
import { HOUR, merge, type Micros } from "../time/interval.ts";
import { perTimezone } from "../time/per_timezone.ts";

/**
 * Finds the polls that a store's measures depend on: those of each window and of some time around it, up to as-of. That time is
 * `stale_after`, at least an hour: a poll further away makes nothing in a window observed or certain. Where a poll counts until the next
 * one, the latest poll up to the beginning of a window belongs to them, however old it is, if the method uses it.
 *
 * @returns runs of them, in the order of time
 */
export function runsUsedBy(measuring: Measuring): (facts: StoreFacts) => PollRun[] {
  const { asOf, method } = measuring;
  const around = Math.max(HOUR, measuring.staleAfter);
  const windowsOf = windowsBy(measuring);
  const spansOf = perTimezone((timezone) =>
    merge(
      windowsOf(timezone).filter(({ start, end }) => start < end)
        // A poll at the very end counts.
        .map(({ start, end }) => ({ start: start - around, end: Math.min(end + around, asOf) + 1 })),
    )
  );
  return (facts) => {
    const { instants } = facts.polls;
    const runs: PollRun[] = [];
    let next = 0;
    for (const { start, end } of spansOf(facts.rules.timezone)) {
      const before = holdsBeyondReach(method) ? latestUsed(facts, start + around, method) : -1;
      const inside = { first: countUpTo(instants, start - 1), end: countUpTo(instants, end - 1) };
      // The latest poll before the window, unless the run before or this one has it.
      if (before >= next && before < inside.first) runs.push({ first: before, end: before + 1 });
      runs.push(inside);
      next = inside.end;
    }
    return runs;
  };
}

/** The place of the latest poll up to an instant that the method uses; -1 if it uses none. */
function latestUsed({ rules, polls }: StoreFacts, instant: Micros, method: Method): number {
  const known = countUpTo(polls.instants, instant);
  if (method.pollsUsed === "all") return known - 1;
  const used = pollsUsed({ rules, polls: upTo(polls, instant) }, instant, method).instants;
  return used.length === 0 ? -1 : countUpTo(polls.instants, at(used, used.length - 1)) - 1;
}
