import type { Selection } from "../db/trends/kept_dates.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import type { Dates } from "../domain/trends/local_dates.ts";
import { addSums, NO_SUMS, type TrendSums } from "../domain/trends/trend_sums.ts";

/** Which trend. */
export interface TrendQuestion extends Selection {
  /** How many dates. */
  readonly days: number;
}

/** A period, and the one before. */
export interface Periods {
  /** All its dates are over where any of the stores is. */
  readonly period: Dates;
  /** As many dates. */
  readonly before: Dates;
}

/** A date of a trend. */
export interface TrendDate extends TrendSums {
  readonly date: EpochDay;
  /** How many stores there are for it. More than `storeDays`: some are being computed. */
  readonly stores: number;
}

/** What some stores have in common, with their sums. */
export interface TrendGroup {
  /** The values of the tags that were asked for. Null: without this tag. */
  readonly group: readonly (string | null)[];
  readonly stores: number;
  readonly total: TrendSums;
  /** Of the period before. */
  readonly before: TrendSums;
}

/** What a store has in the period. */
export interface StoreSums {
  readonly storeKey: number;
  readonly scheduled: Micros;
  readonly up: Micros;
  readonly down: Micros;
}

/** How some stores did on each date of a period, and in the period before. */
export interface Trend extends Periods {
  readonly asOf: Micros;
  /** Those of the period, in their order. */
  readonly dates: readonly TrendDate[];
  /** Those of the period before. */
  readonly datesBefore: readonly TrendDate[];
  /** One for each combination of values. Without tags to group by there is one of all stores. */
  readonly groups: readonly TrendGroup[];
  /** Downtime by weekday, from Monday on, and hour: 7 × 24. */
  readonly downByHour: readonly bigint[];
  readonly byStore: readonly StoreSums[];
  /** How many dates of stores of the period are being computed. */
  readonly lacking: number;
}

/** The sums of all groups together. */
export function totalOf(groups: readonly TrendGroup[]): Omit<TrendGroup, "group"> {
  const together = { total: NO_SUMS, before: NO_SUMS, stores: 0 };
  return groups.reduce((sum, { total, before, stores }) => ({
    total: addSums(sum.total, total),
    before: addSums(sum.before, before),
    stores: sum.stores + stores,
  }), together);
}
