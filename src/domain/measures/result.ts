import { eachMeasure, type Measure, MEASURES, type Measures } from "./measures.ts";
import type { Micros } from "../time/interval.ts";
import type { WindowName } from "../time/window.ts";

/** What a report computed: a row per store, sorted by id, and a column per window and measure, in whole microseconds. */
export interface Result {
  readonly windows: readonly WindowName[];
  readonly storeIds: readonly string[];
  /** Undefined: the version of Storewatch that made the report did not have this measure. */
  column(window: WindowName, measure: Measure): Float64Array | undefined;
  /** A text for each store. Undefined: the version of Storewatch that made the report did not have this column. */
  text(name: StoreText): readonly string[] | undefined;
  /**
   * How long before as-of each store was last polled; infinite if no poll was read, which are those of the windows and of a day. NaN or
   * undefined: not known.
   */
  readonly pollAge: Float64Array | undefined;
}

/** What a result says of each store beside its measures. */
export const STORE_TEXTS = ["timezone", "warnings"] as const;

export type StoreText = (typeof STORE_TEXTS)[number];

/** The zone that was used, and the codes of the store's warnings, separated by spaces. */
export type StoreTexts = Readonly<Record<StoreText, string>>;

/** What a result keeps of a store beside its measures. */
export interface StoreNotes extends StoreTexts {
  /** As `Result.pollAge` has it. */
  readonly pollAge?: Micros;
}

/** Collects the measures of stores in columns. */
export class ResultColumns implements Result {
  readonly windows: readonly WindowName[];
  readonly storeIds: string[] = [];
  readonly #texts: Record<StoreText, string[]> = { timezone: [], warnings: [] };
  readonly #ages: Float64Array;
  readonly #columns: readonly Readonly<Record<Measure, Float64Array>>[];

  /** @param capacity how many stores will be added at most */
  constructor(windows: readonly WindowName[], capacity: number) {
    this.windows = windows;
    this.#ages = new Float64Array(capacity);
    this.#columns = windows.map(() => eachMeasure(() => new Float64Array(capacity)));
  }

  /** @param measures one for each window, in their order */
  add(storeId: string, measures: readonly Measures[], notes: StoreNotes): void {
    const row = this.storeIds.push(storeId) - 1;
    for (const name of STORE_TEXTS) this.#texts[name].push(notes[name]);
    this.#ages[row] = notes.pollAge ?? NaN;
    for (let window = 0; window < measures.length; window++) {
      const columns = this.#columns[window];
      const values = measures[window];
      if (columns === undefined || values === undefined) continue;
      for (const measure of MEASURES) columns[measure][row] = values[measure];
    }
  }

  column(window: WindowName, measure: Measure): Float64Array | undefined {
    return this.#columns[this.windows.indexOf(window)]?.[measure].subarray(0, this.storeIds.length);
  }

  text(name: StoreText): readonly string[] {
    return this.#texts[name];
  }

  get pollAge(): Float64Array {
    return this.#ages.subarray(0, this.storeIds.length);
  }
}
