import type { Transaction } from "../db/connection/client.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { changesOfTime } from "../db/stores/store_changes.ts";
import { type Cohort, listCohorts, type Selection } from "../db/trends/kept_dates.ts";
import { firstPollDay, readTrendState } from "../db/trends/trend_state.ts";
import { cut, type Micros, without } from "../domain/time/interval.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import { dateHolding, type Dates } from "../domain/trends/local_dates.ts";
import type { Timezones } from "../report/timezones.ts";
import { type Stale, staleDates } from "./stale_dates.ts";
import { wantedDates } from "./wanted_dates.ts";

/** Stores that are alike, and which of their dates can be shown. */
export interface ShownCohort extends Cohort {
  /** The dates that are to be kept. */
  readonly wanted: Dates;
}

/**
 * Which sums are right, as one snapshot of the database shows them: those that are kept, without those that later changes concern.
 */
export class KeptView {
  /** The latest poll of all stores. */
  readonly asOf: Micros;
  readonly cohorts: readonly ShownCohort[];
  readonly #cohortOf = new Map<number, number>();
  readonly #masks = new Map<EpochDay, Int32Array>();
  readonly #staleOf: ReadonlyMap<number, readonly Dates[]>;

  private constructor(asOf: Micros, cohorts: readonly ShownCohort[], { stores, zones }: Stale) {
    this.asOf = asOf;
    this.cohorts = cohorts.map((cohort) => {
      const stale = zones.filter(({ timezone }) => timezone === cohort.timezone);
      return { ...cohort, kept: without(cut(cohort.kept, cohort.wanted), stale) };
    });
    for (const [index, { keys }] of cohorts.entries()) for (const key of keys) this.#cohortOf.set(key, index);
    this.#staleOf = Map.groupBy(stores, ({ storeKey }) => storeKey);
  }

  /** Undefined: there are no polls. */
  static async read(tx: Transaction, selection: Selection, timezones: Timezones): Promise<KeptView | undefined> {
    const [{ seen, horizon, begins: known }, asOf] = [await readTrendState(tx), await latestPoll(tx)];
    const begins = known ?? await firstPollDay(tx);
    if (asOf === undefined || begins === undefined) return undefined;
    const cohorts = await listCohorts(tx, selection);
    const changes = seen === undefined || horizon === undefined ? [] : await changesOfTime(tx, seen, horizon);
    const shown = cohorts.flatMap((cohort) => {
      const timezone = timezones.of(cohort);
      if (timezone instanceof RangeError) return [];
      const current = dateHolding(timezone, asOf);
      return [{ ...cohort, wanted: wantedDates(current, begins) }];
    });
    return new KeptView(asOf, shown, staleDates(changes, shown, (store) => timezones.of(store)));
  }

  /** Where the cohort of a store stands among `cohorts`; undefined if the store was not chosen. */
  cohortOf(storeKey: number): number | undefined {
    return this.#cohortOf.get(storeKey);
  }

  /** Which days of a month are right for a store: the lowest bit is the first day. */
  daysOf(storeKey: number, month: EpochDay): number {
    const cohort = this.#cohortOf.get(storeKey);
    if (cohort === undefined) return 0;
    const mask = this.#masksOf(month)[cohort] ?? 0;
    const stale = this.#staleOf.get(storeKey);
    return stale === undefined ? mask : mask & ~maskOf(stale, month);
  }

  /** How many stores a date is kept of, or will be. */
  storesOn(date: EpochDay): number {
    return this.cohorts.reduce(
      (sum, { wanted, keys }) => wanted.start <= date && date < wanted.end ? sum + keys.length : sum,
      0,
    );
  }

  /** How many dates of stores are to be kept within a period and are not right yet. */
  lackingIn(period: Dates): number {
    const length = (dates: readonly Dates[]) => dates.reduce((sum, { start, end }) => sum + end - start, 0);
    const lacking = this.cohorts.reduce((sum, { wanted, kept, keys }) => {
      return sum + keys.length * (length(cut([wanted], period)) - length(cut(kept, period)));
    }, 0);
    return this.#staleOf.entries().reduce((sum, [key, stale]) => {
      const kept = cut(this.cohorts[this.#cohortOf.get(key) ?? -1]?.kept ?? [], period);
      return sum + length(kept) - length(without(kept, stale));
    }, lacking);
  }

  #masksOf(month: EpochDay): Int32Array {
    const known = this.#masks.get(month);
    if (known !== undefined) return known;
    const masks = Int32Array.from(this.cohorts, ({ kept }) => maskOf(kept, month));
    this.#masks.set(month, masks);
    return masks;
  }
}

/** Days of a month as bits. */
export function maskOf(dates: readonly Dates[], month: EpochDay): number {
  let mask = 0;
  for (const { start, end } of dates) {
    for (let day = Math.max(start - month, 0); day < Math.min(end - month, 31); day++) mask |= 1 << day;
  }
  return mask;
}
