import type { Micros } from "../time/interval.ts";
import { Presence } from "../time/presence.ts";
import { Certainty } from "../polls/certainty.ts";
import { holdsBeyondReach, reachOf } from "../polls/reach.ts";
import { DOWN, Sight, UP } from "../polls/sight.ts";
import type { StoreTime } from "./store_time.ts";

/** What the counters of a walk have counted since it began, in microseconds. */
export interface Reading {
  /** Open time by what polls say of it. */
  readonly up: Micros;
  readonly down: Micros;
  readonly unknown: Micros;
  /** Closed time, if the method counts it. */
  readonly closed: Micros;
  /** Time inside exclusions that would count otherwise. */
  readonly excluded: Micros;
  /** Open time, and closed time that counts, that a poll reaches. */
  readonly observed: Micros;
  /** Open time of which the state is certain. */
  readonly certainUp: Micros;
  readonly certainDown: Micros;
}

/** Goes through a store's time from one change of anything to the next, and counts. */
export class Walk {
  /** The down time that was counted when each outage began. */
  readonly outages: Micros[] = [];
  #now: Micros;
  readonly #open: Presence;
  readonly #exclusion: Presence;
  readonly #sight: Sight;
  readonly #certainty: Certainty;
  readonly #countsClosed: boolean;
  #up = 0;
  #down = 0;
  #unknown = 0;
  #certainUp = 0;
  #certainDown = 0;
  #closed = 0;
  #excluded = 0;
  #observed = 0;

  constructor({ openings, exclusions, known, used, method, staleAfter }: StoreTime, start: Micros) {
    this.#now = start;
    this.#open = new Presence(openings);
    this.#exclusion = new Presence(exclusions);
    this.#sight = new Sight(used, reachOf(method, staleAfter), holdsBeyondReach(method));
    this.#certainty = new Certainty(known, staleAfter);
    this.#countsClosed = method.closed === "uptime";
  }

  /** Goes on to an instant. */
  to(end: Micros): Reading {
    while (this.#now < end) {
      this.#catchUp();
      const next = Math.min(end, this.#open.until, this.#counts ? this.#nextChange() : Infinity);
      this.#count(next - this.#now);
      this.#now = next;
    }
    return this.#read();
  }

  /** Whether time counts now at all: of most stores, more than half does not. */
  get #counts(): boolean {
    return this.#open.inside || this.#countsClosed;
  }

  /** The next change of what counts, other than a change of opening. */
  #nextChange(): Micros {
    return Math.min(this.#exclusion.until, this.#sight.until, this.#certainty.until);
  }

  /** Lets everything be as it is now. */
  #catchUp(): void {
    const now = this.#now;
    while (this.#open.until <= now) this.#open.next();
    while (this.#exclusion.until <= now) this.#exclusion.next();
    while (this.#certainty.until <= now) this.#certainty.next();
    while (this.#sight.until <= now) this.#see();
  }

  #see(): void {
    const before = this.#sight.state;
    this.#sight.next();
    if (this.#sight.state === DOWN && before !== DOWN) this.outages.push(this.#down);
  }

  #count(length: Micros): void {
    if (!this.#counts) return;
    if (this.#exclusion.inside) {
      this.#excluded += length;
      return;
    }
    if (this.#sight.observed) this.#observed += length;
    if (!this.#open.inside) {
      this.#closed += length;
      return;
    }
    this.#countOpen(length);
  }

  #countOpen(length: Micros): void {
    const [seen, certain] = [this.#sight.state, this.#certainty.state];
    if (seen === UP) this.#up += length;
    else if (seen === DOWN) this.#down += length;
    else this.#unknown += length;
    if (certain === UP) this.#certainUp += length;
    else if (certain === DOWN) this.#certainDown += length;
  }

  #read(): Reading {
    return {
      up: this.#up,
      down: this.#down,
      unknown: this.#unknown,
      closed: this.#closed,
      excluded: this.#excluded,
      observed: this.#observed,
      certainUp: this.#certainUp,
      certainDown: this.#certainDown,
    };
  }
}
