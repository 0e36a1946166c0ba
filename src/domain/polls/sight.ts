import type { Micros } from "../time/interval.ts";
import { at, instantOf, type Polls } from "./poll.ts";
import type { Reach } from "./reach.ts";

export const DOWN = 0;
export const UP = 1;
export const UNKNOWN = 2;

/** What a method makes of a store's polls, in the order of time: how the store is, and whether it is observed. */
export class Sight {
  /** `UP`, `DOWN`, or `UNKNOWN` where no poll counts. */
  state = UNKNOWN;
  observed = false;
  /** Until when both hold. */
  until: Micros;
  /** The next poll, and where the time begins that it reaches. */
  #next = 0;
  #from: Micros;
  readonly #polls: Polls;
  readonly #reach: Reach;
  readonly #holds: boolean;

  /** @param holds whether a poll counts beyond its reach, up to the next poll */
  constructor(polls: Polls, reach: Reach, holds: boolean) {
    this.#polls = polls;
    this.#reach = reach;
    this.#holds = holds;
    this.#from = reach.from(-Infinity, instantOf(polls, 0));
    this.until = this.#from;
  }

  /** Goes on to the next stretch of time. */
  next(): void {
    if (this.until < this.#from) {
      this.observed = false;
      if (!this.#holds) this.state = UNKNOWN;
      this.until = this.#from;
      return;
    }
    const poll = this.#lastLike(this.#next);
    const [instant, following] = [at(this.#polls.instants, poll), instantOf(this.#polls, poll + 1)];
    this.observed = true;
    this.state = at(this.#polls.active, poll);
    this.until = this.#reach.until(instant, following);
    this.#from = this.#reach.from(instant, following);
    this.#next = poll + 1;
  }

  /** The last of the polls that say the same as this one and leave no gap. */
  #lastLike(poll: number): number {
    const { instants, active } = this.#polls;
    const { unbroken } = this.#reach;
    const state = at(active, poll);
    let last = poll;
    while (
      last + 1 < instants.length && at(active, last + 1) === state &&
      at(instants, last + 1) - at(instants, last) <= unbroken
    ) last++;
    return last;
  }
}
