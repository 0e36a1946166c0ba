import { covers, DAY, type Interval, type Micros } from "../time/interval.ts";
import type { Measures } from "./measures.ts";
import type { Method } from "../method.ts";
import { type OpeningRules, openings } from "../openings/opening_rules.ts";
import { type Polls, pollsWhere, upTo } from "../polls/poll.ts";
import { reachOf } from "../polls/reach.ts";
import type { Measuring } from "../report_request.ts";
import { type Tally, tally } from "./tally.ts";
import { spanOf, windowsBefore } from "../time/window.ts";

/** All that is known of a store. */
export interface StoreFacts {
  readonly rules: OpeningRules;
  readonly polls: Polls;
}

/** Turns polls and opening rules into the measures of each window, in their order. */
export function storeMeasures(facts: StoreFacts, { asOf, method, windows: names }: Measuring): Measures[] {
  const windows = windowsBefore(names, asOf, method);
  const polls = pollsUsed(facts, asOf, method);
  const time = { openings: openings(facts.rules, spanOf(windows)), polls, reach: reachOf(polls, method) };
  return tally(time, windows).map((each) => judge(each, method));
}

/** The polls that a method uses: those up to as-of, and only those inside openings if it asks for that. */
export function pollsUsed({ rules, polls }: StoreFacts, asOf: Micros, method: Method): Polls {
  const known = upTo(polls, asOf);
  if (method.pollsUsed === "all") return known;
  const open = spansAround(known).flatMap((span) => openings(rules, span));
  return pollsWhere(known, (instant) => covers(open, instant));
}

/** Spans that have all polls in them, but not the years that may lie between an old poll and the next one. */
function spansAround({ instants }: Polls): Interval[] {
  const spans: { start: Micros; end: Micros }[] = [];
  for (const instant of instants) {
    const last = spans.at(-1);
    if (last !== undefined && instant <= last.end) last.end = instant + DAY;
    else spans.push({ start: instant, end: instant + DAY });
  }
  return spans;
}

/** Judges what polls leave open: whether unknown time counts as uptime, and closed time at all. */
function judge({ up, down, unknown, closed }: Tally, method: Method): Measures {
  const assumedUp = method.unobserved === "uptime" ? unknown : 0;
  const closedUp = method.closed === "uptime" ? closed : 0;
  return {
    scheduled: up + down + unknown + closedUp,
    up: up + assumedUp + closedUp,
    down,
    unknown: unknown - assumedUp,
  };
}
