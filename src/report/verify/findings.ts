import { byStoreId, type Difference, type StoreCause, type StoreDifference } from "./difference.ts";

/** How many differences, and how many stores, are listed. */
export const MOST_LISTED = 20;

/** What differs between a report and what comes out now. */
export class Findings {
  rowsDiffer = 0;
  storesDiffer = 0;
  /** What changed of any store, whether or not its rows differ. */
  readonly because = new Set<StoreCause>();
  #stores: StoreDifference[] = [];

  /** Notes a store whose rows differ. */
  add(store: StoreDifference, rowsDiffer: number): void {
    this.storesDiffer++;
    this.rowsDiffer += rowsDiffer;
    this.#stores.push(store);
    // All stores of a report may differ. Only the listed ones stay in memory.
    if (this.#stores.length > 10 * MOST_LISTED) this.#stores = this.stores;
  }

  /** The first stores whose rows differ, in the order of ids. */
  get stores(): StoreDifference[] {
    return this.#stores.toSorted(byStoreId).slice(0, MOST_LISTED);
  }

  /** The first differences, in the order of rows. */
  get differences(): Difference[] {
    return this.stores.flatMap(({ differences }) => differences).slice(0, MOST_LISTED);
  }
}
