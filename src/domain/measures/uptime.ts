import { type Interval, type Micros, overlap } from "../time/interval.ts";
import type { State, StateChange } from "../polls/state.ts";

/** How long a store was in each state, in microseconds. */
export type TimeInState = Record<State, Micros>;

/**
 * The time that a store spent in each state within its openings and a window.
 *
 * @param openings sorted, apart from each other
 * @param changes as `stateChanges` gives them
 */
export function timeInState(
  openings: readonly Interval[],
  changes: readonly StateChange[],
  window: Interval,
): TimeInState {
  const sum: TimeInState = { up: 0, down: 0, unobserved: 0 };
  for (const piece of statesInside(openings, changes, window)) sum[piece.state] += piece.end - piece.start;
  return sum;
}

/** The pieces of time that make up `timeInState`'s sums, in the order of time. */
export function* statesInside(
  openings: readonly Interval[],
  changes: readonly StateChange[],
  window: Interval,
): Generator<Interval & { state: State }> {
  let index = 0;
  for (const opening of openings) {
    const { start, end } = overlap(opening, window);
    if (end <= start) continue;
    while (changeAt(changes, index + 1) <= start) index++;
    for (let from = start; from < end;) {
      const until = Math.min(changeAt(changes, index + 1), end);
      yield { start: from, end: until, state: changes[index]?.state ?? "unobserved" };
      if (until < end) index++;
      from = until;
    }
  }
}

function changeAt(changes: readonly StateChange[], index: number): Micros {
  return changes[index]?.start ?? Infinity;
}
