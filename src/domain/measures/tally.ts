import type { Interval, Micros } from "../time/interval.ts";
import type { Polls } from "../polls/poll.ts";
import type { Reach } from "../polls/reach.ts";

/** Open time by what polls say of it, and closed time, in microseconds. */
export interface Tally {
  readonly up: Micros;
  readonly down: Micros;
  /** Open time that no poll counts for. */
  readonly unknown: Micros;
  readonly closed: Micros;
}

/** A store's time: when it is open, what its polls say, and how long each of them counts. */
export interface StoreTime {
  /** Sorted, apart from each other, known for all of the windows. */
  readonly openings: readonly Interval[];
  readonly polls: Polls;
  readonly reach: Reach;
}

/**
 * Walks once through a store's openings and polls, with counters that run on, and reads them where windows begin and end. What a
 * window has is the difference: one walk serves any number of windows, however they overlap.
 */
export function tally(time: StoreTime, windows: readonly Interval[]): Tally[] {
  const edges = [...new Set(windows.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const readings = new Map<Micros, Tally>();
  const walk = new Walk(time, edges[0] ?? 0);
  for (const edge of edges) readings.set(edge, walk.to(edge));
  return windows.map(({ start, end }) => difference(readings.get(end), readings.get(start)));
}

function difference(end: Tally = NOTHING, start: Tally = NOTHING): Tally {
  return {
    up: end.up - start.up,
    down: end.down - start.down,
    unknown: end.unknown - start.unknown,
    closed: end.closed - start.closed,
  };
}

const NOTHING: Tally = { up: 0, down: 0, unknown: 0, closed: 0 };

const UNKNOWN = 2;

class Walk {
  readonly #time: StoreTime;
  #now: Micros;
  #opening = 0;
  /** The poll that counts now, or that counted last; -1 before the first. */
  #poll = -1;
  /** 1 for up, 0 for down, as polls have it, or `UNKNOWN`. */
  #state = UNKNOWN;
  /** Until when the state holds. */
  #until: Micros;
  /** Microseconds in each state, by its number. */
  readonly #open = [0, 0, 0];
  #closed = 0;

  constructor(time: StoreTime, start: Micros) {
    this.#time = time;
    this.#now = start;
    this.#until = time.reach.from(0);
  }

  to(end: Micros): Tally {
    while (this.#now < end) this.#step(end);
    const [down = 0, up = 0, unknown = 0] = this.#open;
    return { up, down, unknown, closed: this.#closed };
  }

  /** Goes on to where anything changes next, or to the end. */
  #step(end: Micros): void {
    const { start, end: closing } = this.#currentOpening();
    if (this.#now < start) {
      const next = Math.min(start, end);
      this.#closed += next - this.#now;
      this.#now = next;
      return;
    }
    while (this.#until <= this.#now) this.#nextState();
    const next = Math.min(closing, this.#until, end);
    this.#open[this.#state] = (this.#open[this.#state] ?? 0) + next - this.#now;
    this.#now = next;
  }

  /** The opening that the walk is in, or the next one. */
  #currentOpening(): Interval {
    const { openings } = this.#time;
    while ((openings[this.#opening]?.end ?? Infinity) <= this.#now) this.#opening++;
    return openings[this.#opening] ?? NEVER;
  }

  #nextState(): void {
    const { reach, polls } = this.#time;
    const next = reach.from(this.#poll + 1);
    if (this.#until < next) {
      this.#state = UNKNOWN;
      this.#until = next;
      return;
    }
    this.#poll++;
    this.#state = polls.active[this.#poll] ?? UNKNOWN;
    this.#until = reach.until(this.#poll);
  }
}

const NEVER: Interval = { start: Infinity, end: Infinity };
