import type { Micros } from "../time/interval.ts";
import { at, type Polls } from "./poll.ts";
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
  /** The poll that counts now, or that counted last; -1 before the first. */
  #poll = -1;
  readonly #polls: Polls;
  readonly #reach: Reach;
  readonly #holds: boolean;

  /** @param holds whether a poll counts beyond its reach, up to the next poll */
  constructor(polls: Polls, reach: Reach, holds: boolean) {
    this.#polls = polls;
    this.#reach = reach;
    this.#holds = holds;
    this.until = reach.from(0);
  }

  /** Goes on to the next stretch of time. */
  next(): void {
    const from = this.#reach.from(this.#poll + 1);
    if (this.until < from) {
      this.observed = false;
      if (!this.#holds) this.state = UNKNOWN;
      this.until = from;
      return;
    }
    this.observed = true;
    this.#poll = this.#lastLike(this.#poll + 1);
    this.state = at(this.#polls.active, this.#poll);
    this.until = this.#reach.until(this.#poll);
  }

  /** The last of the polls that say the same as this one and leave no gap. */
  #lastLike(poll: number): number {
    const { instants, active } = this.#polls;
    const { unbroken } = this.#reach;
    let last = poll;
    while (active[last + 1] === active[poll] && at(instants, last + 1) - at(instants, last) <= unbroken) last++;
    return last;
  }
}
