import type { Micros } from "../time/interval.ts";
import type { Method } from "../method.ts";
import { at, instantOf, type Polls } from "./poll.ts";
import { holdsBeyondReach, reachOf } from "./reach.ts";

export type State = "up" | "down" | "unobserved";

/** A store is in `state` from `start` on, until the next change. */
export interface StateChange {
  readonly start: Micros;
  readonly state: State;
}

/**
 * What some polls say about all of time, as the changes from one state to another. The first change is at -∞: nothing
 * is known before the first poll.
 */
export function stateChanges(polls: Polls, method: Method, staleAfter: Micros): StateChange[] {
  const changes: StateChange[] = [{ start: -Infinity, state: "unobserved" }];
  const change = (start: Micros, state: State) => {
    if (changes.at(-1)?.state !== state) changes.push({ start, state });
  };
  const reach = reachOf(method, staleAfter);
  const holds = holdsBeyondReach(method);
  for (let poll = 0; poll < polls.instants.length; poll++) {
    const [before, instant, next] = [instantOf(polls, poll - 1), instantOf(polls, poll), instantOf(polls, poll + 1)];
    change(reach.from(before, instant), at(polls.active, poll) === 1 ? "up" : "down");
    const until = reach.until(instant, next);
    if (!holds && until < reach.from(instant, next)) change(until, "unobserved");
  }
  return changes;
}
