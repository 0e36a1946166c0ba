import type { Micros } from "../time/interval.ts";

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

/**
 * The polls at some instants, all of them active but for those at the instants of `inactive`, which are among them.
 * Both may be in any order, and cost one look each if they ascend.
 *
 * @param active a column of the same length to be filled
 */
export function withInactive(
  instants: Float64Array,
  inactive: Float64Array,
  active: Uint8Array = new Uint8Array(instants.length),
): Polls {
  if (!isAscending(instants)) instants.sort();
  if (!isAscending(inactive)) inactive.sort();
  active.fill(1);
  let index = 0;
  for (const instant of inactive) {
    while (at(instants, index) < instant) index++;
    active[index] = 0;
  }
  return { instants, active };
}

/** Two runs of polls as one, in the order of time. */
export function joined(a: Polls, b: Polls): Polls {
  return inOrder(
    Float64Array.from([...a.instants, ...b.instants]),
    Uint8Array.from([...a.active, ...b.active]),
  );
}

/** The polls up to an instant, itself included: a later poll is as if it did not exist. */
export function upTo(polls: Polls, asOf: Micros): Polls {
  let count = polls.instants.length;
  while (count > 0 && at(polls.instants, count - 1) > asOf) count--;
  if (count === polls.instants.length) return polls;
  return { instants: polls.instants.subarray(0, count), active: polls.active.subarray(0, count) };
}

/** The polls whose instants satisfy a condition. */
export function pollsWhere({ instants, active }: Polls, keep: (instant: Micros) => boolean): Polls {
  return {
    instants: instants.filter(keep),
    active: active.filter((_, index) => keep(at(instants, index))),
  };
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
