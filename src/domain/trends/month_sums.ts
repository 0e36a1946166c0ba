import type { Micros } from "../time/interval.ts";
import { DayReader, type Slice } from "./packed_days.ts";

/** What some days have together. */
export interface DaysTogether {
  readonly scheduled: Micros;
  readonly down: Micros;
  readonly unknown: Micros;
  readonly storeDays: number;
}

/** So many stores' days can be added up in doubles: 2^53 microseconds are 285 years. */
const MOST_STORES = 80_000;
const DAYS = 32;

/** Adds up the days of a month over many stores. A page has millions of days, so they are counted in doubles. */
export class MonthSums {
  readonly #scheduled = new Float64Array(DAYS);
  readonly #down = new Float64Array(DAYS);
  readonly #unknown = new Float64Array(DAYS);
  readonly #storeDays = new Float64Array(DAYS);
  #stores = 0;

  /** Whether what was added has to be taken before more comes: more would not be exact. */
  get isFull(): boolean {
    return this.#stores >= MOST_STORES;
  }

  /**
   * Adds a store's month.
   *
   * @param mask the days that count: the lowest bit is the first
   * @returns what it has together
   */
  add(month: Slice, mask: number): DaysTogether {
    const sum = { scheduled: 0, down: 0, unknown: 0, storeDays: 0 };
    for (const reader = new DayReader(month); reader.next();) {
      const { day, scheduled, down, unknown } = reader;
      if ((mask >>> (day - 1) & 1) === 0) continue;
      this.#scheduled[day] = (this.#scheduled[day] ?? 0) + scheduled;
      this.#down[day] = (this.#down[day] ?? 0) + down;
      this.#unknown[day] = (this.#unknown[day] ?? 0) + unknown;
      this.#storeDays[day] = (this.#storeDays[day] ?? 0) + 1;
      sum.scheduled += scheduled;
      sum.down += down;
      sum.unknown += unknown;
      sum.storeDays++;
    }
    this.#stores++;
    return sum;
  }

  /** Hands over what was added of each day of the month, from 1, and forgets it. */
  take(visit: (day: number, sums: DaysTogether) => void): void {
    for (let day = 1; day < DAYS; day++) {
      const [scheduled = 0, down = 0] = [this.#scheduled[day], this.#down[day]];
      const [unknown = 0, storeDays = 0] = [this.#unknown[day], this.#storeDays[day]];
      if (storeDays > 0) visit(day, { scheduled, down, unknown, storeDays });
    }
    for (const sums of [this.#scheduled, this.#down, this.#unknown, this.#storeDays]) sums.fill(0);
    this.#stores = 0;
  }
}
