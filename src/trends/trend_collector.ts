import type { MonthPart } from "../db/trends/trend_months.ts";
import { weekdayOf } from "../domain/time/date.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import { HOURS_OF_DAY } from "../domain/trends/day_sums.ts";
import { ExactSums } from "../domain/trends/exact_sums.ts";
import type { Dates } from "../domain/trends/local_dates.ts";
import { type DaysTogether, MonthSums } from "../domain/trends/month_sums.ts";
import { forEachHour } from "../domain/trends/packed_days.ts";
import { SumsByPlace } from "../domain/trends/trend_sums.ts";
import { Turn } from "../turn.ts";
import { GroupSums } from "./group_sums.ts";
import { type KeptView, maskOf } from "./kept_view.ts";
import type { Periods, StoreSums, Trend, TrendDate } from "./trend.ts";

/** Adds up what is kept of stores: by date, by group, by store, and by hour of the week. */
export class TrendCollector {
  /** The stores that are added up. */
  readonly keys: readonly number[];
  readonly #view: KeptView;
  readonly #periods: Periods;
  readonly #byDate: SumsByPlace;
  readonly #groups: GroupSums;
  readonly #placeOf: ReadonlyMap<number, number>;
  /** Scheduled, down and unknown time of each store. */
  readonly #byStore: Float64Array;
  readonly #byHour = new ExactSums(7 * HOURS_OF_DAY);

  constructor(view: KeptView, periods: Periods) {
    [this.#view, this.#periods] = [view, periods];
    this.#byDate = new SumsByPlace(periods.period.end - periods.before.start);
    this.#groups = new GroupSums(view.cohorts);
    this.keys = view.cohorts.flatMap(({ keys }) => keys);
    this.#placeOf = new Map(this.keys.map((key, place) => [key, place]));
    this.#byStore = new Float64Array(3 * this.keys.length);
  }

  /** Adds days, month after month. Other requests go on in between. */
  async addDays(parts: Iterable<MonthPart>): Promise<void> {
    const [sums, turn] = [new MonthSums(), new Turn()];
    let month = NaN;
    let masks: readonly [number, number] = [0, 0];
    for (const part of parts) {
      if (turn.isOver) await turn.pass();
      if (part.month !== month) {
        this.#takeDates(sums, month);
        month = part.month;
        masks = [maskOf([this.#periods.period], month), maskOf([this.#periods.before], month)];
      }
      const right = this.#view.daysOf(part.storeKey, month);
      if ((right & masks[0]) !== 0) this.#addStore(part.storeKey, sums.add(part, right & masks[0]), true);
      if ((right & masks[1]) !== 0) this.#addStore(part.storeKey, sums.add(part, right & masks[1]), false);
      if (sums.isFull) this.#takeDates(sums, month);
    }
    this.#takeDates(sums, month);
  }

  #takeDates(sums: MonthSums, month: EpochDay): void {
    const { start } = this.#periods.before;
    sums.take((day, each) => this.#byDate.add(month + day - 1 - start, each));
  }

  #addStore(storeKey: number, sums: DaysTogether, isInPeriod: boolean): void {
    this.#groups.add(this.#view.cohortOf(storeKey) ?? 0, sums, isInPeriod);
    if (!isInPeriod) return;
    const place = 3 * (this.#placeOf.get(storeKey) ?? 0);
    for (const [index, value] of [sums.scheduled, sums.down, sums.unknown].entries()) {
      this.#byStore[place + index] = (this.#byStore[place + index] ?? 0) + value;
    }
  }

  /** Adds downtime by hours. */
  async addHours(parts: Iterable<MonthPart>): Promise<void> {
    const turn = new Turn();
    for (const part of parts) {
      if (turn.isOver) await turn.pass();
      const { month, storeKey } = part;
      const mask = this.#view.daysOf(storeKey, month) & maskOf([this.#periods.period], month);
      if (mask === 0) continue;
      forEachHour(part, (day, hour, down) => {
        if ((mask >>> (day - 1) & 1) === 0) return;
        this.#byHour.add(weekdayOf(month + day - 1) * HOURS_OF_DAY + hour, down);
      });
    }
  }

  trend(): Trend {
    const { period, before } = this.#periods;
    return {
      period,
      before,
      asOf: this.#view.asOf,
      dates: this.#datesOf(period),
      datesBefore: this.#datesOf(before),
      groups: this.#groups.list(),
      downByHour: Array.from({ length: 7 * HOURS_OF_DAY }, (_, place) => this.#byHour.at(place)),
      byStore: this.keys.map((key, place) => this.#storeSums(key, place)),
      lacking: this.#view.lackingIn(period),
    };
  }

  #datesOf({ start, end }: Dates): TrendDate[] {
    return Array.from({ length: end - start }, (_, index) => {
      const date = start + index;
      const sums = this.#byDate.at(date - this.#periods.before.start);
      return { date, stores: this.#view.storesOn(date), ...sums };
    });
  }

  #storeSums(storeKey: number, place: number): StoreSums {
    const [scheduled = 0, down = 0, unknown = 0] = this.#byStore.subarray(3 * place, 3 * place + 3);
    return { storeKey, scheduled, down, up: scheduled - down - unknown };
  }
}
