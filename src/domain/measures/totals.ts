import { type Measure, MEASURES } from "./measures.ts";
import type { Result } from "./result.ts";
import type { WindowName } from "../time/asked_window.ts";

/** The sums of one window over all stores: a double cannot count the microseconds of 15,000 stores' weeks. */
export interface WindowTotals {
  readonly window: WindowName;
  /** `longest_outage` is the longest of all. A measure is missing if the version of Storewatch that made the report did not have it. */
  readonly sums: Readonly<Partial<Record<Measure, bigint>>>;
}

/** The totals of a report, in the order of its windows. */
export type Totals = readonly WindowTotals[];

/** Adds up the columns of a result. */
export function totalsOf(result: Result): WindowTotals[] {
  return result.windows.map((window) => {
    const sums: Partial<Record<Measure, bigint>> = {};
    for (const measure of MEASURES) {
      const column = result.column(window, measure);
      if (column !== undefined) sums[measure] = isLargest(measure) ? largest(column) : exactSum(column);
    }
    return { window, sums };
  });
}

/** The totals of two sets of stores together. */
export function addTotals(a: Totals, b: Totals): Totals {
  return a.map(({ window, sums }, index) => {
    const others = b[index]?.sums ?? {};
    const added: Partial<Record<Measure, bigint>> = {};
    for (const measure of MEASURES) {
      const [one = 0n, other = 0n] = [sums[measure], others[measure]];
      added[measure] = !isLargest(measure) ? one + other : one > other ? one : other;
    }
    return { window, sums: added };
  });
}

export function totalOf(totals: Totals, window: WindowName): WindowTotals["sums"] {
  return totals.find((each) => each.window === window)?.sums ?? {};
}

function isLargest(measure: Measure): boolean {
  return measure === "longest_outage";
}

function largest(column: Float64Array): bigint {
  return BigInt(column.reduce((most, value) => Math.max(most, value), 0));
}

/** Counts in doubles as long as they are exact: a bigint for every row takes ten times as long. */
function exactSum(column: Float64Array): bigint {
  let counted = 0n;
  let sum = 0;
  for (const value of column) {
    sum += value;
    if (sum < EXACT) continue;
    counted += BigInt(sum);
    sum = 0;
  }
  return counted + BigInt(sum);
}

/** Leaves room below 2^53 for one more value of up to 140 years. */
const EXACT = 2 ** 52;
