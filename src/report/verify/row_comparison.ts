import { MEASURES } from "../../domain/measures/measures.ts";
import type { Result, StoreText } from "../../domain/measures/result.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import type { ComparedColumn, Difference } from "./difference.ts";
import { MOST_LISTED } from "./findings.ts";

/** Two columns that should be the same. */
interface Pair {
  readonly window: WindowName;
  readonly column: ComparedColumn;
  readonly then: ArrayLike<number | string>;
  readonly now: ArrayLike<number | string>;
}

/** The texts of a store that decide none of its measures. */
const LABELS = ["name", "tags", "target_percent", "sales_per_hour"] as const satisfies readonly StoreText[];
const TEXTS = ["timezone", ...LABELS] as const;

/** Compares the rows of two results, column by column. Columns that one of the versions of Storewatch did not have are left out. */
export class RowComparison {
  readonly #windows: readonly (readonly Pair[])[];
  readonly #ends: readonly Pair[];
  readonly #labels: readonly Pair[];

  constructor(then: Result, now: Result) {
    this.#windows = then.windows.map((window) => pairsOf(window, then, now));
    this.#ends = this.#windows.flat().filter(({ column }) => column === "from" || column === "to");
    this.#labels = (this.#windows[0] ?? []).filter(({ column }) => LABELS.some((name) => name === column));
  }

  /** What differs of a store: how many rows, and the first differences. */
  compare(storeId: string, rows: Rows): { rowsDiffer: number; differences: Difference[] } {
    const differences: Difference[] = [];
    let rowsDiffer = 0;
    for (const pairs of this.#windows) {
      const different = pairs.filter((pair) => differs(pair, rows));
      if (different.length > 0) rowsDiffer++;
      for (const { window, column, then, now } of different.slice(0, MOST_LISTED - differences.length)) {
        differences.push({ storeId, window, column, then: then[rows.then], now: now[rows.now] });
      }
    }
    return { rowsDiffer, differences };
  }

  /** Whether a calendar moved some window. */
  hasMoved(rows: Rows): boolean {
    return this.#ends.some((pair) => differs(pair, rows));
  }

  hasOtherLabels(rows: Rows): boolean {
    return this.#labels.some((pair) => differs(pair, rows));
  }
}

/** The places of a store in both results. */
export interface Rows {
  readonly then: number;
  readonly now: number;
}

function differs({ then, now }: Pair, rows: Rows): boolean {
  return then[rows.then] !== now[rows.now];
}

function pairsOf(window: WindowName, then: Result, now: Result): Pair[] {
  const pairs: Pair[] = [];
  const add = (column: ComparedColumn, read: (result: Result) => ArrayLike<number | string> | undefined) => {
    const [before, after] = [read(then), read(now)];
    if (before !== undefined && after !== undefined) pairs.push({ window, column, then: before, now: after });
  };
  for (const measure of MEASURES) add(measure, (result) => result.column(window, measure));
  add("from", (result) => result.ends(window)?.from);
  add("to", (result) => result.ends(window)?.to);
  for (const name of TEXTS) add(name, (result) => result.text(name));
  return pairs;
}
