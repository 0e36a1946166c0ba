import { type Micros, MINUTE } from "./interval.ts";
import type { Method } from "./method.ts";
import { at, type Polls } from "./poll.ts";

export type State = "up" | "down" | "unobserved";

/** A store is in `state` from `start` on, until the next change. */
export interface StateChange {
  readonly start: Micros;
  readonly state: State;
}

/** How far a poll speaks to either side under `30 minutes around`. */
const REACH: Micros = 30 * MINUTE;

/**
 * What some polls say about all of time, as the changes from one state to another. The first change is at -∞: nothing
 * is known before the first poll.
 */
export function stateChanges(polls: Polls, method: Method): StateChange[] {
  const changes: StateChange[] = [{ start: -Infinity, state: "unobserved" }];
  if (method.pollSpeaksFor === "until next poll") addUntilNextPoll(changes, polls);
  else addAround(changes, polls);
  return changes;
}

function addUntilNextPoll(changes: StateChange[], { instants, active }: Polls): void {
  for (let index = 0; index < instants.length; index++) {
    change(changes, at(instants, index), judged(at(active, index)));
  }
}

function addAround(changes: StateChange[], { instants, active }: Polls): void {
  let from = -Infinity;
  for (let index = 0; index < instants.length; index++) {
    const instant = at(instants, index);
    const until = index + 1 < instants.length ? border(instant, at(instants, index + 1)) : Infinity;
    change(changes, Math.max(instant - REACH, from), judged(at(active, index)));
    if (instant + REACH < until) change(changes, instant + REACH, "unobserved");
    from = until;
  }
}

/** Half-way between two polls, rounded up to a whole microsecond; each instant goes to the nearer poll. */
function border(before: Micros, after: Micros): Micros {
  return before + Math.ceil((after - before) / 2);
}

function judged(active: number): State {
  return active === 1 ? "up" : "down";
}

function change(changes: StateChange[], start: Micros, state: State): void {
  if (changes.at(-1)?.state !== state) changes.push({ start, state });
}
