import type { Interval, Micros } from "../time/interval.ts";
import { at, type Polls } from "./poll.ts";
import { UNKNOWN, UP } from "./sight.ts";

/** A run of time in which the state is certain. */
export interface CertainTime extends Interval {
  readonly state: "up" | "down";
}

/** All time in which the state of a store is certain, for drawings. */
export function certainty(polls: Polls, staleAfter: Micros): CertainTime[] {
  const found: CertainTime[] = [];
  const walk = new Certainty(polls, staleAfter);
  while (walk.until < Infinity) {
    const start = walk.until;
    walk.next();
    if (walk.state !== UNKNOWN) found.push({ start, end: walk.until, state: walk.state === UP ? "up" : "down" });
  }
  return found;
}

/**
 * What is certain of a store, in the order of time, if it changes at most once between two polls that are not far apart: between
 * two such polls that agree, nothing changed.
 */
export class Certainty {
  /** `UP`, `DOWN` or `UNKNOWN`. */
  state = UNKNOWN;
  /** Until when it holds. */
  until: Micros;
  #poll = -1;
  readonly #polls: Polls;
  readonly #staleAfter: Micros;

  /** @param staleAfter how far two polls may be apart */
  constructor(polls: Polls, staleAfter: Micros) {
    this.#polls = polls;
    this.#staleAfter = staleAfter;
    this.until = polls.instants[0] ?? Infinity;
  }

  /** Goes on to the next stretch of time. */
  next(): void {
    const { instants } = this.#polls;
    let poll = this.#poll + 1;
    this.state = this.#stateAfter(poll);
    while (poll + 1 < instants.length && this.#stateAfter(poll + 1) === this.state) poll++;
    this.#poll = poll;
    this.until = instants[poll + 1] ?? Infinity;
  }

  /** What is certain from a poll to the next one. */
  #stateAfter(poll: number): number {
    const { instants, active } = this.#polls;
    if (poll + 1 >= instants.length) return UNKNOWN;
    const state = at(active, poll);
    const isCertain = state === at(active, poll + 1) &&
      at(instants, poll + 1) - at(instants, poll) <= this.#staleAfter;
    return isCertain ? state : UNKNOWN;
  }
}
