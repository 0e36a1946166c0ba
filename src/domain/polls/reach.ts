import { type Micros, MINUTE } from "../time/interval.ts";
import type { Method } from "../method.ts";
import { at, type Polls } from "./poll.ts";

/** How far a poll reaches to either side under `30 minutes around`. */
const AROUND: Micros = 30 * MINUTE;

/**
 * The time that each poll of a store reaches. Stretches are in the order of time and never overlap: all of them together are the
 * time in which the store is observed.
 */
export interface Reach {
  /** Where the time begins that a poll reaches. ∞ after the last poll. */
  from(poll: number): Micros;
  /** Where it ends. */
  until(poll: number): Micros;
  /** Two polls that are at most this far apart leave no gap. */
  readonly unbroken: Micros;
}

/**
 * The reach of polls under a method.
 *
 * @param staleAfter how long a poll reaches at most, unless it reaches to either side
 */
export function reachOf({ instants }: Polls, { pollSpeaksFor }: Method, staleAfter: Micros): Reach {
  const instant = (poll: number) => poll < instants.length ? at(instants, poll) : Infinity;
  if (pollSpeaksFor !== "30 minutes around") {
    const until = (poll: number) => Math.min(instant(poll) + staleAfter, instant(poll + 1));
    return { from: instant, until, unbroken: staleAfter };
  }
  // Half-way between two polls, rounded up to a whole microsecond, the later poll begins to count.
  const border = (before: Micros, after: Micros) => before + Math.ceil((after - before) / 2);
  return {
    from: (poll) => {
      const [before, at] = [poll === 0 ? -Infinity : instant(poll - 1), instant(poll)];
      return at - before > 2 * AROUND ? at - AROUND : border(before, at);
    },
    until: (poll) => {
      const [at, after] = [instant(poll), instant(poll + 1)];
      return after - at > 2 * AROUND ? at + AROUND : border(at, after);
    },
    unbroken: 2 * AROUND,
  };
}

/** Whether a poll counts beyond its reach, up to the next poll. */
export function holdsBeyondReach({ pollSpeaksFor }: Method): boolean {
  return pollSpeaksFor === "until next poll";
}
