import type { StoreFingerprints } from "../fingerprints/fingerprint.ts";
import { eachMeasure, type Measure, MEASURES, type Measures } from "./measures.ts";
import type { WindowName } from "../time/asked_window.ts";
import type { Interval, Micros } from "../time/interval.ts";
import { isNamedByCalendar } from "../time/parse_window.ts";

/** What a report computed: a row per store, sorted by id, and a column per window and measure, in whole microseconds. */
export interface Result {
  readonly windows: readonly WindowName[];
  readonly storeIds: readonly string[];
  /** Undefined: the version of Storewatch that made the report did not have this measure. */
  column(window: WindowName, measure: Measure): Float64Array | undefined;
  /** When a window is for each store. Undefined: no calendar decides it, so it is the same for all. */
  ends(window: WindowName): WindowEnds | undefined;
  /** A text for each store. Undefined: the version of Storewatch that made the report did not have this column. */
  text(name: StoreText): readonly string[] | undefined;
  /**
   * How long before as-of each store was last polled; infinite if no poll was read, which are those of the windows and of a day. NaN or
   * undefined: not known.
   */
  readonly pollAge: Float64Array | undefined;
  /** What each store's measures depend on. Undefined: the version of Storewatch that made the report did not keep it. */
  readonly fingerprints?: FingerprintColumns | undefined;
  /**
   * The same result as parts of some thousand stores, in their order. If only a part of it is looked at, only a part of a large result has to be
   * unpacked. Undefined: it has only one part, itself.
   */
  parts?(): Iterable<Result>;
}

export type FingerprintColumns = Readonly<Record<keyof StoreFingerprints, Float64Array>>;

/** The parts of a result that are worth being looked at one after the other. */
export function partsOf(result: Result): Iterable<Result> {
  return result.parts?.() ?? [result];
}

/** When a window is for each store: an instant for each row. */
export interface WindowEnds {
  readonly from: Float64Array;
  /** Not included. */
  readonly to: Float64Array;
}

/** What a result says of each store beside its measures. */
export const STORE_TEXTS = ["timezone", "warnings", "name", "tags", "target_percent", "sales_per_hour"] as const;

export type StoreText = (typeof STORE_TEXTS)[number];

/**
 * The zone that was used; the codes of the store's warnings, separated by spaces; its tags, as a JSON object of texts; its target and its
 * sales per hour, as decimal digits. Empty if it has none.
 */
export type StoreTexts = Readonly<Record<StoreText, string>>;

/** What is known of a store that decides none of its measures. */
export type StoreLabels = Omit<StoreTexts, "timezone" | "warnings">;

export const NO_LABELS: StoreLabels = { name: "", tags: "", target_percent: "", sales_per_hour: "" };

function eachText<Value>(make: () => Value): Record<StoreText, Value> {
  return {
    timezone: make(),
    warnings: make(),
    name: make(),
    tags: make(),
    target_percent: make(),
    sales_per_hour: make(),
  };
}

/** What a result keeps of a store beside its measures. */
export interface StoreNotes extends StoreTexts {
  /** As `Result.pollAge` has it. */
  readonly pollAge?: Micros;
  readonly fingerprints?: StoreFingerprints;
  /** When the windows are, in their order. Only windows by calendar need it. */
  readonly windows?: readonly Interval[];
}

/** Collects the measures of stores in columns. */
export class ResultColumns implements Result {
  readonly windows: readonly WindowName[];
  readonly storeIds: string[] = [];
  readonly #texts = eachText((): string[] => []);
  readonly #ages: Float64Array;
  readonly #fingerprints: FingerprintColumns;
  readonly #columns: readonly Readonly<Record<Measure, Float64Array>>[];
  /** Undefined for windows that are the same for all stores. */
  readonly #ends: readonly (WindowEnds | undefined)[];

  /** @param capacity how many stores will be added at most */
  constructor(windows: readonly WindowName[], capacity: number) {
    this.windows = windows;
    this.#ages = new Float64Array(capacity);
    this.#fingerprints = {
      pollsUsed: new Float64Array(capacity),
      polls: new Float64Array(capacity),
      calendar: new Float64Array(capacity),
    };
    this.#columns = windows.map(() => eachMeasure(() => new Float64Array(capacity)));
    this.#ends = windows.map((window) =>
      isNamedByCalendar(window) ? { from: new Float64Array(capacity), to: new Float64Array(capacity) } : undefined
    );
  }

  /** @param measures one for each window, in their order */
  add(storeId: string, measures: readonly Measures[], notes: StoreNotes): void {
    const row = this.storeIds.push(storeId) - 1;
    for (const name of STORE_TEXTS) this.#texts[name].push(notes[name]);
    this.#ages[row] = notes.pollAge ?? NaN;
    this.#addFingerprints(row, notes.fingerprints);
    this.#addEnds(row, notes.windows ?? []);
    for (let window = 0; window < measures.length; window++) {
      const columns = this.#columns[window];
      const values = measures[window];
      if (columns === undefined || values === undefined) continue;
      for (const measure of MEASURES) columns[measure][row] = values[measure];
    }
  }

  #addFingerprints(row: number, of: StoreFingerprints | undefined): void {
    const { pollsUsed, polls, calendar } = this.#fingerprints;
    pollsUsed[row] = of?.pollsUsed ?? NaN;
    polls[row] = of?.polls ?? NaN;
    calendar[row] = of?.calendar ?? NaN;
  }

  #addEnds(row: number, windows: readonly Interval[]): void {
    for (const [window, ends] of this.#ends.entries()) {
      if (ends === undefined) continue;
      ends.from[row] = windows[window]?.start ?? NaN;
      ends.to[row] = windows[window]?.end ?? NaN;
    }
  }

  ends(window: WindowName): WindowEnds | undefined {
    const ends = this.#ends[this.windows.indexOf(window)];
    const rows = this.storeIds.length;
    return ends && { from: ends.from.subarray(0, rows), to: ends.to.subarray(0, rows) };
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

  get fingerprints(): FingerprintColumns {
    const { pollsUsed, polls, calendar } = this.#fingerprints;
    const [first, end] = [0, this.storeIds.length];
    return {
      pollsUsed: pollsUsed.subarray(first, end),
      polls: polls.subarray(first, end),
      calendar: calendar.subarray(first, end),
    };
  }
}
