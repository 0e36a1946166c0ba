import type { Interval, Micros } from "../time/interval.ts";
import { Presence } from "../time/presence.ts";

export type Status = "active" | "inactive";

/** The polls of one store, as two columns: ascending instants, no instant twice. */
export interface Polls {
  /** Microseconds since 1970, whole. */
  readonly instants: Float64Array;
  /** 1 for active, 0 for inactive. */
  readonly active: Uint8Array;
}

/**
 * Puts polls, given in any order, in the order of time. Of polls at one instant that disagree, inactive wins.
 * Costs one look at each poll if they are in order already.
 */
export function inOrder(instants: Float64Array, active: Uint8Array): Polls {
  if (isAscending(instants)) return { instants, active };
  const order = Array.from(instants.keys()).sort((a, b) => at(instants, a) - at(instants, b));
  const merged: { instant: Micros; active: number }[] = [];
  for (const index of order) {
    const poll = { instant: at(instants, index), active: at(active, index) };
    const last = merged.at(-1);
    if (last?.instant === poll.instant) last.active &= poll.active;
    else merged.push(poll);
  }
  return {
    instants: Float64Array.from(merged, (poll) => poll.instant),
    active: Uint8Array.from(merged, (poll) => poll.active),
  };
}

/** Two runs of polls as one, of which the second begins after the first ends. */
export function followedBy(first: Polls, second: Polls): Polls {
  const count = first.instants.length + second.instants.length;
  const [instants, active] = [new Float64Array(count), new Uint8Array(count)];
  instants.set(first.instants);
  instants.set(second.instants, first.instants.length);
  active.set(first.active);
  active.set(second.active, first.active.length);
  return { instants, active };
}

/** Polls, with a run of others where its time is: none of the first lies within it. */
export function withRun({ instants, active }: Polls, run: Polls): Polls {
  const place = countUpTo(instants, instantOf(run, 0));
  const after = followedBy(run, { instants: instants.subarray(place), active: active.subarray(place) });
  return place === 0
    ? after
    : followedBy({ instants: instants.subarray(0, place), active: active.subarray(0, place) }, after);
}

/** The polls up to an instant, itself included: a later poll is as if it did not exist. */
export function upTo(polls: Polls, asOf: Micros): Polls {
  const count = countUpTo(polls.instants, asOf);
  if (count === polls.instants.length) return polls;
  return { instants: polls.instants.subarray(0, count), active: polls.active.subarray(0, count) };
}

/** How many of ascending instants are not after one. Binary search, unless all are: then one look is enough. */
export function countUpTo(instants: Float64Array, asOf: Micros): number {
  let [low, high] = [0, instants.length];
  if (high > 0 && at(instants, high - 1) <= asOf) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(instants, middle) <= asOf) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The polls inside of some merged intervals. */
export function pollsInside({ instants, active }: Polls, merged: readonly Interval[]): Polls {
  const inside = columnsFor(instants.length);
  const presence = new Presence(merged);
  let count = 0;
  for (let poll = 0; poll < instants.length; poll++) {
    const instant = at(instants, poll);
    while (presence.until <= instant) presence.next();
    if (!presence.inside) continue;
    inside.instants[count] = instant;
    inside.active[count++] = at(active, poll);
  }
  return { instants: inside.instants.subarray(0, count), active: inside.active.subarray(0, count) };
}

/** Both columns share one buffer, since a buffer costs more than a look at the polls of a week. */
function columnsFor(polls: number): Polls {
  const buffer = new ArrayBuffer(polls * (BYTES_OF_INSTANT + 1));
  return {
    instants: new Float64Array(buffer, 0, polls),
    active: new Uint8Array(buffer, polls * BYTES_OF_INSTANT),
  };
}

const BYTES_OF_INSTANT = Float64Array.BYTES_PER_ELEMENT;

/** The instant of a poll; ∞ after the last one, and -∞ before the first. */
export function instantOf({ instants }: Polls, poll: number): Micros {
  if (poll < 0) return -Infinity;
  return poll < instants.length ? at(instants, poll) : Infinity;
}

/** The number at an index that is known to be within bounds. */
export function at(column: Float64Array | Uint8Array, index: number): number {
  return column[index] ?? NaN;
}

function isAscending(instants: Float64Array): boolean {
  for (let index = 1; index < instants.length; index++) {
    if (!(at(instants, index - 1) < at(instants, index))) return false;
  }
  return true;
}
