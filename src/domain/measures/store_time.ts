import { DAY, type Interval, type Micros } from "../time/interval.ts";
import type { Method } from "../method.ts";
import { type OpeningRules, openings } from "../openings/opening_rules.ts";
import { type Schedule, schedule } from "../openings/schedule.ts";
import { at, type Polls, pollsInside, upTo } from "../polls/poll.ts";
import type { Measuring } from "../report_request.ts";

/** All that is known of a store. */
export interface StoreFacts {
  readonly rules: OpeningRules;
  readonly polls: Polls;
}

/** A store's time: when it is meant to be open, and all that polls say of it. */
export interface StoreTime extends Schedule {
  /** All polls up to as-of. */
  readonly known: Polls;
  /** Those of them that the method uses. */
  readonly used: Polls;
  readonly method: Method;
  readonly staleAfter: Micros;
}

/** What of a request a store's time depends on. */
type Judging = Pick<Measuring, "asOf" | "method" | "staleAfter">;

/**
 * A store's time as a method sees it. Openings are those of some spans alone: between windows that are years apart, nobody asks for them.
 *
 * @param spans in the order of time, apart from each other
 */
export function storeTime(
  facts: StoreFacts,
  { asOf, method, staleAfter }: Judging,
  spans: readonly Interval[],
): StoreTime {
  return {
    ...schedule(facts.rules, spans),
    known: upTo(facts.polls, asOf),
    used: pollsUsed(facts, asOf, method),
    method,
    staleAfter,
  };
}

/** The polls that a method uses: those up to as-of, and only those inside openings if it asks for that. */
export function pollsUsed({ rules, polls }: StoreFacts, asOf: Micros, method: Method): Polls {
  const known = upTo(polls, asOf);
  if (method.pollsUsed === "all") return known;
  return pollsInside(known, spansAround(known).flatMap((span) => openings(rules, span)));
}

/** Spans that have all polls in them, but not the years that may lie between an old poll and the next one. */
function spansAround({ instants }: Polls): Interval[] {
  const spans: Interval[] = [];
  for (let first = 0; first < instants.length;) {
    let last = first;
    while (last + 1 < instants.length && at(instants, last + 1) - at(instants, last) <= DAY) last++;
    spans.push({ start: at(instants, first), end: at(instants, last) + DAY });
    first = last + 1;
  }
  return spans;
}
