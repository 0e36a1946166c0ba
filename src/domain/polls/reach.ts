import { type Micros, MINUTE } from "../time/interval.ts";
import type { Method } from "../method.ts";

/** How far a poll reaches to either side under `30 minutes around`. */
const AROUND: Micros = 30 * MINUTE;

/**
 * The time that each poll of a store reaches. Stretches are in the order of time and never overlap: all of them together are the
 * time in which the store is observed.
 */
export interface Reach {
  /** Where the time begins that a poll reaches. Without a poll before it, `before` is -∞. */
  from(before: Micros, poll: Micros): Micros;
  /** Where it ends. Without a next poll, `next` is ∞. */
  until(poll: Micros, next: Micros): Micros;
  /** Two polls that are at most this far apart leave no gap. */
  readonly unbroken: Micros;
}

/**
 * The reach of polls under a method.
 *
 * @param staleAfter how long a poll reaches at most, unless it reaches to either side
 */
export function reachOf({ pollSpeaksFor }: Method, staleAfter: Micros): Reach {
  return pollSpeaksFor === "30 minutes around" ? TO_EITHER_SIDE : {
    from: (_, poll) => poll,
    until: (poll, next) => Math.min(poll + staleAfter, next),
    unbroken: staleAfter,
  };
}

const TO_EITHER_SIDE: Reach = {
  from: (before, poll) => poll - before > 2 * AROUND ? poll - AROUND : border(before, poll),
  until: (poll, next) => next - poll > 2 * AROUND ? poll + AROUND : border(poll, next),
  unbroken: 2 * AROUND,
};

/** Half-way between two polls, rounded up to a whole microsecond, the later poll begins to count. */
function border(before: Micros, after: Micros): Micros {
  return before + Math.ceil((after - before) / 2);
}

/** Whether a poll counts beyond its reach, up to the next poll. */
export function holdsBeyondReach({ pollSpeaksFor }: Method): boolean {
  return pollSpeaksFor === "until next poll";
}
