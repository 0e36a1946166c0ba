import { ExactSums } from "./exact_sums.ts";
import type { DaysTogether } from "./month_sums.ts";

/** Sums over stores and dates, in microseconds. What is scheduled and neither up nor down is unknown. */
export interface TrendSums {
  readonly scheduled: bigint;
  readonly up: bigint;
  readonly down: bigint;
  /** How many dates of stores are in them. */
  readonly storeDays: number;
}

export const NO_SUMS: TrendSums = { scheduled: 0n, up: 0n, down: 0n, storeDays: 0 };

/** Adds up dates of stores at some places, such as one for each date. */
export class SumsByPlace {
  readonly #scheduled: ExactSums;
  readonly #down: ExactSums;
  readonly #unknown: ExactSums;
  readonly #storeDays: Float64Array;

  constructor(places: number) {
    [this.#scheduled, this.#down, this.#unknown] = [
      new ExactSums(places),
      new ExactSums(places),
      new ExactSums(places),
    ];
    this.#storeDays = new Float64Array(places);
  }

  add(place: number, { scheduled, down, unknown, storeDays }: DaysTogether): void {
    this.#scheduled.add(place, scheduled);
    this.#down.add(place, down);
    this.#unknown.add(place, unknown);
    this.#storeDays[place] = (this.#storeDays[place] ?? 0) + storeDays;
  }

  at(place: number): TrendSums {
    const [scheduled, down] = [this.#scheduled.at(place), this.#down.at(place)];
    return { scheduled, down, up: scheduled - down - this.#unknown.at(place), storeDays: this.#storeDays[place] ?? 0 };
  }
}

export function addSums(a: TrendSums, b: TrendSums): TrendSums {
  return {
    scheduled: a.scheduled + b.scheduled,
    up: a.up + b.up,
    down: a.down + b.down,
    storeDays: a.storeDays + b.storeDays,
  };
}

/** The uptime of what was observed, what part that is, and nothing else that `percentagesOf` needs. */
export function asMeasured(
  { scheduled, up, down }: TrendSums,
): Record<"scheduled" | "up" | "down" | "observed", bigint> {
  return { scheduled, up, down, observed: up + down };
}
