import type { FingerprintColumns, Result } from "../../domain/measures/result.ts";
import type { StoreCause } from "./difference.ts";
import { Findings } from "./findings.ts";
import { type ComparedResult, comparedResult, RowComparison, type Rows } from "./row_comparison.ts";

/** Why a report may use other polls of a store now although no poll changed. Moved windows are another reason. */
interface Doubt {
  /** Whether the method uses only polls inside openings. */
  readonly byOpenings: boolean;
  /** Whether other zone rules are in force now. */
  readonly hasOtherRules: boolean;
}

/** A store that has a row on one side alone: in the report, or in what comes out now. */
export interface LoneStore {
  readonly storeId: string;
  /** The place of its row. */
  readonly row: number;
  readonly result: Result;
}

/** Compares a report's result with what comes out now, some stores after others, in any order. */
export class Comparison {
  readonly findings = new Findings();
  /** Rows of the report that may use other polls now although no poll changed. */
  readonly doubtful: number[] = [];
  /** Stores without a row in the report. */
  readonly added: LoneStore[] = [];
  readonly #result: Result;
  readonly #then: ComparedResult;
  readonly #doubt: Doubt;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #isFound: Uint8Array;

  constructor(then: Result, doubt: Doubt) {
    this.#result = then;
    this.#then = comparedResult(then);
    this.#doubt = doubt;
    this.#rows = new Map(then.storeIds.map((storeId, row) => [storeId, row]));
    this.#isFound = new Uint8Array(then.storeIds.length);
  }

  /** Compares what comes out now of some stores. */
  add(now: Result): void {
    const compared = comparedResult(now);
    const comparison = new RowComparison(this.#then, compared);
    for (const [row, storeId] of now.storeIds.entries()) {
      const then = this.#rows.get(storeId);
      if (then === undefined) this.added.push({ storeId, row, result: now });
      else this.#compare(comparison, compared, { then, now: row });
    }
  }

  /** The stores of the report that have no row now. Complete once all stores are compared. */
  get missing(): LoneStore[] {
    return this.#result.storeIds.flatMap((storeId, row) =>
      this.#isFound[row] === 1 ? [] : [{ storeId, row, result: this.#result }]
    );
  }

  #compare(comparison: RowComparison, now: ComparedResult, rows: Rows): void {
    this.#isFound[rows.then] = 1;
    const because = this.#causes(comparison, now, rows);
    for (const cause of because) this.findings.because.add(cause);
    const storeId = this.#result.storeIds[rows.then] ?? "";
    const { rowsDiffer, differences } = comparison.compare(storeId, rows);
    if (rowsDiffer > 0) this.findings.add({ storeId, row: rows.then, because, differences }, rowsDiffer);
  }

  #causes(comparison: RowComparison, now: ComparedResult, rows: Rows): Set<StoreCause> {
    const because = new Set<StoreCause>();
    const differs = (name: keyof FingerprintColumns) =>
      this.#then.fingerprints?.[name][rows.then] !== now.fingerprints?.[name][rows.now];
    const calendar = differs("calendar");
    if (calendar) because.add("calendars");
    if (comparison.hasOtherLabels(rows)) because.add("tags");
    if (!differs("pollsUsed") && !differs("polls")) return because;
    const { byOpenings, hasOtherRules } = this.#doubt;
    if (comparison.hasMoved(rows) || (byOpenings && (calendar || hasOtherRules))) this.doubtful.push(rows.then);
    else because.add("polls");
    return because;
  }
}
