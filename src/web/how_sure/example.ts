import { gaps } from "../../domain/gap.ts";
import { METHODS } from "../../domain/method.ts";
import type { Measures } from "../../domain/measures/measures.ts";
import { measuresWithin } from "../../domain/measures/store_measures.ts";
import { certainty } from "../../domain/polls/certainty.ts";
import type { State } from "../../domain/polls/state.ts";
import { DEFAULT_STALE_AFTER } from "../../domain/polls/stale_after.ts";
import { HOUR, type Interval, type Micros, without } from "../../domain/time/interval.ts";

/** A day of a store that is open from 9 to 17 o'clock, as `docs/certainty.md` draws it, too. */
export const OPEN: Interval = { start: 9 * HOUR, end: 17 * HOUR };

/** Its polls: the hour, and whether it was active. */
export const POLLS: readonly (readonly [hour: number, active: boolean])[] = [
  [9, true],
  [10, true],
  [11, false],
  [12, false],
  [15, true],
  [16, true],
];

/** A run of time in one state; `unobserved` where nothing is certain. */
export interface Stretch extends Interval {
  readonly state: State;
}

export interface Example {
  readonly measures: Measures;
  readonly observed: readonly Interval[];
  readonly gaps: readonly Interval[];
  /** What is certain. */
  readonly certain: readonly Stretch[];
  /** How it was if all that is not certain was downtime, or uptime. */
  readonly worst: readonly Stretch[];
  readonly best: readonly Stretch[];
}

/** Computes the example as a report does, so that the drawing and its numbers agree. */
export function example(): Example {
  const polls = {
    instants: Float64Array.from(POLLS, ([hour]) => hour * HOUR),
    active: Uint8Array.from(POLLS, ([, active]) => active ? 1 : 0),
  };
  const time = {
    openings: [OPEN],
    exclusions: [],
    known: polls,
    used: polls,
    method: METHODS.observed,
    staleAfter: DEFAULT_STALE_AFTER,
  };
  const missing = gaps(time, OPEN, OPEN.end).flatMap(({ parts }) => parts);
  const certain = certainty(polls, DEFAULT_STALE_AFTER);
  return {
    measures: measuresWithin(time, [OPEN])(OPEN),
    observed: without([OPEN], missing),
    gaps: missing,
    certain,
    worst: completed(certain, "down"),
    best: completed(certain, "up"),
  };
}

/** The day with a state for all time that is not certain. */
function completed(certain: readonly Stretch[], state: State): Stretch[] {
  const rest = without([OPEN], certain).map((interval) => ({ ...interval, state }));
  return [...certain, ...rest].sort((a, b) => a.start - b.start);
}

/** Where an instant of the day stands in the drawing, from its left edge. */
export function place(instant: Micros): string {
  return length(OPEN.start, instant);
}

/** How wide an interval is in the drawing. */
export function length(start: Micros, end: Micros): string {
  return `${(end - start) / (OPEN.end - OPEN.start) * 100}%`;
}
