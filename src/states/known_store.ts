import type { StoreRecord } from "../db/polls/poll_days.ts";
import type { OpeningRules } from "../domain/openings/opening_rules.ts";
import { scheduledOpenings } from "../domain/openings/schedule.ts";
import { at, followedBy, type Polls } from "../domain/polls/poll.ts";
import { LOOK_BACK, midnightBefore, runStart, type StoreState, storeState, thinned } from "../domain/store_state.ts";
import { DAY, type Interval, type Micros } from "../domain/time/interval.ts";

/** Openings are found for whole days, so that they serve for a day of instants. */
function spanAround(instant: Micros): Interval {
  const midnight = Math.floor(instant / DAY) * DAY;
  return { start: midnight - LOOK_BACK, end: midnight + 2 * DAY };
}

/** What is kept of a store, to say its state at any later instant without a look at the database. */
export class KnownStore {
  readonly storeKey: number;
  readonly storeId: string;
  /** Undefined if the zone rules do not know the store's zone: nothing says that it is open. */
  readonly #rules: OpeningRules | undefined;
  readonly #readFrom: Micros;
  #span: Interval | undefined;
  /** Without what is excluded. */
  #openings: readonly Interval[] = [];
  /** Those alone that change the state, and the last one. */
  #polls: Polls;
  #isWhole = false;

  /** @param readFrom no poll of the record is earlier */
  constructor({ storeKey, storeId, polls }: StoreRecord, rules: OpeningRules | undefined, readFrom: Micros) {
    this.storeKey = storeKey;
    this.storeId = storeId;
    this.#rules = rules;
    this.#readFrom = readFrom;
    this.#polls = thinned(polls);
  }

  stateAt(instant: Micros): StoreState {
    const openings = this.#openingsAround(instant);
    return storeState({ openings, polls: this.#polls, today: this.#today(instant) }, instant);
  }

  /** Whether an earlier poll may say how the store was at midnight, or when it was last seen. */
  lacksMidnight(instant: Micros): boolean {
    return !this.#isWhole &&
      !(at(this.#polls.instants, 0) <= this.#today(instant));
  }

  /** Whether an earlier poll may say since when the store has been up or down. */
  get lacksSince(): boolean {
    return !this.#isWhole && runStart(this.#polls) === 0;
  }

  /** The same, of a store that was last seen down. */
  get lacksDownSince(): boolean {
    return this.#polls.active.at(-1) === 0 && this.lacksSince;
  }

  /** The day before which polls were not read. */
  get firstDay(): number {
    const first = this.#polls.instants[0];
    return Math.floor((first ?? this.#readFrom) / DAY);
  }

  /** @param polls those of the latest days before `firstDay`; undefined without such polls */
  addEarlier(polls: Polls | undefined): void {
    if (polls === undefined) this.#isWhole = true;
    else this.#polls = thinned(followedBy(polls, this.#polls));
  }

  #today(instant: Micros): Micros {
    return this.#rules === undefined ? Math.floor(instant / DAY) * DAY : midnightBefore(this.#rules.timezone, instant);
  }

  #openingsAround(instant: Micros): readonly Interval[] {
    if (this.#rules === undefined) return [];
    const span = spanAround(instant);
    if (this.#span?.start !== span.start) {
      this.#span = span;
      this.#openings = scheduledOpenings(this.#rules, span);
    }
    return this.#openings;
  }
}
