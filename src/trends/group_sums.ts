import type { Cohort } from "../db/trends/kept_dates.ts";
import type { DaysTogether } from "../domain/trends/month_sums.ts";
import { SumsByPlace } from "../domain/trends/trend_sums.ts";
import type { TrendGroup } from "./trend.ts";

/** Adds up stores by what they have in common. */
export class GroupSums {
  readonly #groups: { readonly group: Cohort["group"]; stores: number }[] = [];
  /** The place of the group of each cohort. */
  readonly #placeOf: number[] = [];
  readonly #period: SumsByPlace;
  readonly #before: SumsByPlace;

  constructor(cohorts: readonly Cohort[]) {
    const places = new Map<string, number>();
    for (const { group, keys } of cohorts) {
      const name = JSON.stringify(group);
      const place = places.get(name) ?? this.#groups.push({ group, stores: 0 }) - 1;
      places.set(name, place);
      this.#placeOf.push(place);
      const known = this.#groups[place];
      if (known !== undefined) known.stores += keys.length;
    }
    [this.#period, this.#before] = [new SumsByPlace(this.#groups.length), new SumsByPlace(this.#groups.length)];
  }

  /** Adds a store of a cohort. */
  add(cohort: number, sums: DaysTogether, isInPeriod: boolean): void {
    (isInPeriod ? this.#period : this.#before).add(this.#placeOf[cohort] ?? 0, sums);
  }

  list(): TrendGroup[] {
    return this.#groups.map((group, place) => ({
      ...group,
      total: this.#period.at(place),
      before: this.#before.at(place),
    }));
  }
}
