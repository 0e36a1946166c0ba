import { MEASURES } from "../../domain/measures/measures.ts";
import type { FingerprintColumns, Result, StoreText } from "../../domain/measures/result.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import type { ComparedColumn, Difference } from "./difference.ts";
import { MOST_LISTED } from "./findings.ts";

/** The texts of a store that decide none of its measures. */
const LABELS = ["name", "tags", "target_percent", "sales_per_hour"] as const satisfies readonly StoreText[];
const TEXTS = ["timezone", ...LABELS] as const;

type Values = ArrayLike<number | string>;

/** What is compared of a result, read once. Columns that its version of Storewatch did not have are missing. */
export interface ComparedResult {
  readonly windows: readonly WindowName[];
  readonly fingerprints: FingerprintColumns | undefined;
  values(window: WindowName, column: ComparedColumn): Values | undefined;
}

export function comparedResult(result: Result): ComparedResult {
  const texts = new Map<ComparedColumn, Values | undefined>(TEXTS.map((name) => [name, result.text(name)]));
  const columns = new Map(result.windows.map((window) => {
    const { from, to } = result.ends(window) ?? {};
    const measures = MEASURES.map((measure) => [measure, result.column(window, measure)] as const);
    return [window, new Map<ComparedColumn, Values | undefined>([...measures, ["from", from], ["to", to], ...texts])];
  }));
  const { windows, fingerprints } = result;
  return { windows, fingerprints, values: (window, column) => columns.get(window)?.get(column) };
}

/** Two columns that should be the same. */
interface Pair {
  readonly window: WindowName;
  readonly column: ComparedColumn;
  readonly then: Values;
  readonly now: Values;
}

/** The places of a store in both results. */
export interface Rows {
  readonly then: number;
  readonly now: number;
}

/** Compares the rows of two results, column by column. Columns that one of them lacks are left out. */
export class RowComparison {
  readonly #windows: readonly (readonly Pair[])[];
  readonly #ends: readonly Pair[];
  readonly #labels: readonly Pair[];

  constructor(then: ComparedResult, now: ComparedResult) {
    this.#windows = then.windows.map((window) => pairsOf(window, then, now));
    const all = this.#windows.flat();
    this.#ends = all.filter(({ column }) => column === "from" || column === "to");
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

function pairsOf(window: WindowName, then: ComparedResult, now: ComparedResult): Pair[] {
  return [...MEASURES, "from" as const, "to" as const, ...TEXTS].flatMap((column) => {
    const [before, after] = [then.values(window, column), now.values(window, column)];
    return before === undefined || after === undefined ? [] : [{ window, column, then: before, now: after }];
  });
}

function differs({ then, now }: Pair, rows: Rows): boolean {
  return then[rows.then] !== now[rows.now];
}
