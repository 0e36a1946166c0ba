import { type Interval, type Micros, overlap } from "../time/interval.ts";
import type { State, StateChange } from "../polls/state.ts";

/**
 * The openings of a store within a window, in pieces of one state each, in the order of time.
 *
 * @param openings sorted, apart from each other
 * @param changes as `stateChanges` gives them
 */
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
