import type { Result } from "../domain/measures/result.ts";
import { addTotals, exactSums, totalsOfGroups, type WindowTotals } from "../domain/measures/totals.ts";
import { type Loss, lossOf } from "../domain/targets/money.ts";
import { type ExactBudget, exactBudget } from "../domain/targets/target.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import type { Group, Grouping } from "./groups.ts";
import { labelsReader } from "./labels.ts";
import { type Parts, partsBy, sharedText, sumOfParts } from "./parts.ts";
import type { ReportRows } from "./rows.ts";

/** The sums of one window over some stores of a group, not rounded yet. */
export interface ExactTotal extends WindowTotals {
  readonly stores: number;
  /** Undefined unless all of these stores have the same one. */
  readonly targetPercent: string | undefined;
  /** Undefined if none has a target. */
  readonly budget: ExactBudget | undefined;
  /** Undefined if none has sales. */
  readonly loss: Loss | undefined;
}

/** The totals of each group of a result, in the order of windows. */
export function exactTotals(
  { result, targetPercent }: Pick<ReportRows, "result" | "targetPercent">,
  grouping: Grouping<Group | undefined>,
): ExactTotal[][] {
  const { groups, groupOf } = grouping;
  const labelsOf = labelsReader(result, targetPercent);
  const byTarget = partsBy(grouping, (row) => labelsOf(row).targetPercent);
  const bySales = partsBy(grouping, (row) => labelsOf(row).salesPerHour);
  const [storesIn, targetOf] = [counter(grouping), sharedText(byTarget)];
  const totals = totalsOfGroups(result, { groupOf, count: groups.length });
  const windows = result.windows.map((window) => ({
    budgetOf: budgetReader(result, window, byTarget),
    lossOf: lossReader(result, window, bySales),
  }));
  return totals.map((ofWindows, place) =>
    ofWindows.map((total, index) => ({
      ...total,
      stores: storesIn(place),
      targetPercent: targetOf(place),
      budget: windows[index]?.budgetOf(place),
      loss: windows[index]?.lossOf(place),
    }))
  );
}

/** The totals of a group whose stores are in two results. */
export function addExactTotals(a: readonly ExactTotal[], b: readonly ExactTotal[]): ExactTotal[] {
  return addTotals(a, b).map((total, index) => {
    const [one, other] = [a[index], b[index]];
    return {
      ...total,
      stores: (one?.stores ?? 0) + (other?.stores ?? 0),
      targetPercent: one?.targetPercent === other?.targetPercent ? one?.targetPercent : undefined,
      budget: addKnown(one?.budget, other?.budget),
      loss: addKnown(one?.loss, other?.loss),
    };
  });
}

function addKnown(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined ? b : b === undefined ? a : a + b;
}

function counter({ groups, groupOf }: Grouping<unknown>): (group: number) => number {
  const stores = new Uint32Array(groups.length);
  for (const group of groupOf) stores[group] = (stores[group] ?? 0) + 1;
  return (group) => stores[group] ?? 0;
}

/** Reads the exact budget of each group in a window. */
function budgetReader(result: Result, window: WindowName, byTarget: Parts): (group: number) => ExactBudget | undefined {
  const [scheduled, down] = [partSums(result.column(window, "scheduled"), byTarget), downOf(result, window, byTarget)];
  if (scheduled === undefined || down === undefined) return () => undefined;
  return sumOfParts(
    byTarget,
    (target, part) => exactBudget({ scheduled: scheduled[part] ?? 0n, down: down[part] ?? 0n }, target),
  );
}

/** Reads the exact loss of each group in a window. */
function lossReader(result: Result, window: WindowName, bySales: Parts): (group: number) => Loss | undefined {
  const down = downOf(result, window, bySales);
  return down === undefined ? () => undefined : sumOfParts(bySales, (sales, part) => lossOf(down[part] ?? 0n, sales));
}

function downOf(result: Result, window: WindowName, parts: Parts): bigint[] | undefined {
  return partSums(result.column(window, "down"), parts);
}

function partSums(column: Float64Array | undefined, { parts, partOf }: Parts): bigint[] | undefined {
  return column && exactSums(column, { groupOf: partOf, count: parts.length });
}
