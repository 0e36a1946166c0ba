import { type Micros, MINUTE } from "../time/interval.ts";
import type { Method } from "../method.ts";
import { at, type Polls } from "./poll.ts";

/** How far a poll counts to either side under `30 minutes around`. */
const AROUND: Micros = 30 * MINUTE;

/** The time that each poll of a store counts for: stretches in the order of time that never overlap. */
export interface Reach {
  /** Where the time begins that a poll counts for. ∞ after the last poll. */
  from(poll: number): Micros;
  /** Where it ends. ∞ for the last poll if nothing ends it. */
  until(poll: number): Micros;
}

/** The reach of polls under a method. */
export function reachOf({ instants }: Polls, { pollSpeaksFor }: Method): Reach {
  const instant = (poll: number) => poll < instants.length ? at(instants, poll) : Infinity;
  if (pollSpeaksFor === "until next poll") return { from: instant, until: (poll) => instant(poll + 1) };
  // Half-way between a poll and the next one, rounded up to a whole microsecond; at this border the later poll begins to count.
  const border = (poll: number) => {
    const before = poll < 0 ? -Infinity : instant(poll);
    return before + Math.ceil((instant(poll + 1) - before) / 2);
  };
  return {
    from: (poll) => poll === 0 ? instant(0) - AROUND : Math.max(instant(poll) - AROUND, border(poll - 1)),
    until: (poll) => Math.min(instant(poll) + AROUND, border(poll)),
  };
}
