import type { OpeningRules } from "./openings/opening_rules.ts";
import { scheduledOpenings } from "./openings/schedule.ts";
import { at, type Polls, upTo } from "./polls/poll.ts";
import { covers, DAY, type Interval, type Micros, timeWithin } from "./time/interval.ts";
import type { Timezone } from "./time/timezone.ts";

/** What a store is taken to be at one instant. */
export type StoreStateName = "up" | "down" | "silent" | "closed";

export const STORE_STATES: readonly [StoreStateName, ...StoreStateName[]] = ["up", "down", "silent", "closed"];

/** A store at one instant, by its hours and its polls. */
export interface StoreState {
  readonly state: StoreStateName;
  /**
   * Up, down: the first poll of the run of polls that say so. Silent: the last poll. Closed: the end of the last opening, or the start
   * of the exclusion that cuts it short. Undefined if nothing of that kind is known.
   */
  readonly since: Micros | undefined;
  /** The time since local midnight that lies in openings outside exclusions, and after an inactive poll and before the next one. */
  readonly downToday: Micros;
  readonly latestPoll:
    | { readonly active: boolean; readonly at: Micros }
    | undefined;
}

/**
 * What a state is made of. The openings are without what is excluded. They have to reach from `LOOK_BACK` before the instant to after
 * it.
 */
export interface StateParts {
  readonly openings: readonly Interval[];
  readonly polls: Polls;
  /** The start of the store's local date. */
  readonly today: Micros;
}

/** How long ago the end of an opening is looked for. Weekly hours come round in half of this. */
export const LOOK_BACK: Micros = 14 * DAY;

/** A store whose last poll is older than this is silent. */
const SILENT_AFTER: Micros = DAY;

/** The state of a store at an instant, from all its polls. */
export function stateOf({ rules, polls }: { rules: OpeningRules; polls: Polls }, asOf: Micros): StoreState {
  const span = { start: asOf - LOOK_BACK, end: asOf + 1 };
  return storeState(
    { openings: scheduledOpenings(rules, span), polls, today: midnightBefore(rules.timezone, asOf) },
    asOf,
  );
}

/** The start of the local date that an instant lies in. */
export function midnightBefore(timezone: Timezone, instant: Micros): Micros {
  return timezone.instantOf(timezone.dateAt(instant), 0);
}

/** The state of a store at an instant, from parts that a caller keeps. */
export function storeState({ openings, polls: all, today }: StateParts, asOf: Micros): StoreState {
  const polls = upTo(all, asOf);
  const last = polls.instants.length - 1;
  const latestPoll = last < 0 ? undefined : { active: at(polls.active, last) === 1, at: at(polls.instants, last) };
  const downToday = downTime(polls, openings, { start: today, end: asOf });
  if (!covers(openings, asOf)) {
    return { state: "closed", since: lastEnd(openings, asOf), downToday, latestPoll };
  }
  if (latestPoll === undefined || latestPoll.at < asOf - SILENT_AFTER) {
    return { state: "silent", since: latestPoll?.at, downToday, latestPoll };
  }
  const since = at(polls.instants, runStart(polls));
  return { state: latestPoll.active ? "up" : "down", since, downToday, latestPoll };
}

/** The index of the first poll of the last run of equal polls; 0 too if there are no polls. */
export function runStart({ active }: Polls): number {
  let first = Math.max(active.length - 1, 0);
  while (first > 0 && active[first - 1] === active[first]) first--;
  return first;
}

/** The polls without those that change no state: the first of each run stays, and the last poll of all. */
export function thinned({ instants, active }: Polls): Polls {
  const last = active.length - 1;
  const stays = (index: number) => index === 0 || index === last || active[index] !== active[index - 1];
  return { instants: instants.filter((_, index) => stays(index)), active: active.filter((_, index) => stays(index)) };
}

function downTime({ instants, active }: Polls, openings: readonly Interval[], { start, end }: Interval): Micros {
  let sum = 0;
  for (let poll = active.length - 1; poll >= 0; poll--) {
    const from = at(instants, poll);
    const until = Math.min(poll + 1 < instants.length ? at(instants, poll + 1) : end, end);
    if (until <= start) break;
    if (active[poll] === 0) {
      sum += timeWithin(openings, { start: Math.max(from, start), end: until });
    }
  }
  return sum;
}

function lastEnd(openings: readonly Interval[], asOf: Micros): Micros | undefined {
  const end = openings.findLast((opening) => opening.end <= asOf)?.end;
  return end !== undefined && end > asOf - LOOK_BACK ? end : undefined;
}
