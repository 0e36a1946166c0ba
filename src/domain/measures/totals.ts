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
  const [totals = []] = totalsOfGroups(result, { groupOf: new Uint32Array(result.storeIds.length), count: 1 });
  return totals;
}

/** Which stores belong together. */
export interface Groups {
  /** The place of the group of each store. */
  readonly groupOf: Uint32Array;
  readonly count: number;
}

/** Adds up the columns of a result for each group: its totals, in the order of windows. */
export function totalsOfGroups(result: Result, groups: Groups): WindowTotals[][] {
  const windows = result.windows.map((window) => ({ window, sumsOf: sumsReader(result, window, groups) }));
  return Array.from(
    { length: groups.count },
    (_, group) => windows.map(({ window, sumsOf }) => ({ window, sums: sumsOf(group) })),
  );
}

function sumsReader(result: Result, window: WindowName, groups: Groups): (group: number) => WindowTotals["sums"] {
  const columns = MEASURES.flatMap((measure) => {
    const column = result.column(window, measure);
    return column === undefined
      ? []
      : [[measure, isLargest(measure) ? largest(column, groups) : exactSums(column, groups)] as const];
  });
  return (group) => Object.fromEntries(columns.map(([measure, sums]) => [measure, sums[group] ?? 0n]));
}

/** The totals of two sets of stores together. */
export function addTotals(a: Totals, b: Totals): Totals {
  return a.map(({ window, sums }, index) => {
    const others = b[index]?.sums ?? {};
    const added: Partial<Record<Measure, bigint>> = {};
    for (const measure of MEASURES) {
      if (sums[measure] === undefined && others[measure] === undefined) continue;
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

function largest(column: Float64Array, { groupOf, count }: Groups): bigint[] {
  const most = new Float64Array(count);
  for (const [row, group] of groupOf.entries()) most[group] = Math.max(most[group] ?? 0, column[row] ?? 0);
  return Array.from(most, BigInt);
}

/** Sums of a column, one for each group. Counts in doubles as long as they are exact: a bigint for every row takes ten times as long. */
export function exactSums(column: Float64Array, { groupOf, count }: Groups): bigint[] {
  const counted = Array.from({ length: count }, () => 0n);
  const open = new Float64Array(count);
  for (const [row, group] of groupOf.entries()) {
    const sum = (open[group] ?? 0) + (column[row] ?? 0);
    open[group] = sum < EXACT ? sum : 0;
    if (sum >= EXACT) counted[group] = (counted[group] ?? 0n) + BigInt(sum);
  }
  return counted.map((sum, group) => sum + BigInt(open[group] ?? 0));
}

/** Leaves room below 2^53 for one more value of up to 140 years. */
const EXACT = 2 ** 52;
