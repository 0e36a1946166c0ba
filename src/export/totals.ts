import type { Result } from "../domain/measures/result.ts";
import { exactSums, totalsOfGroups, type WindowTotals } from "../domain/measures/totals.ts";
import { formatLoss, type Loss, lossOf } from "../domain/targets/money.ts";
import { type ExactBudget, exactBudget, roundBudget } from "../domain/targets/target.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import { allTogether, type Group, groupBy, type Grouping } from "./groups.ts";
import { labelsReader } from "./labels.ts";
import { type Parts, partsBy, sharedText, sumOfParts } from "./parts.ts";
import type { ReportRows } from "./rows.ts";

/** The sums of one window over the stores of a group. */
export interface TotalRow {
  /** Undefined: all stores together. */
  readonly group: Group | undefined;
  readonly window: WindowName;
  readonly stores: number;
  readonly sums: WindowTotals["sums"];
  /** Undefined unless all stores of the group have the same one. */
  readonly targetPercent: string | undefined;
  /** Microseconds, summed over the stores that have a target and rounded once. Undefined if none has. */
  readonly budget: bigint | undefined;
  /** Two digits, summed over the stores that have sales and rounded once. Undefined if none has. */
  readonly lostSales: string | undefined;
}

/** The totals of a report: of all stores, then of each group, and for each of them the windows as they were asked for. */
export function totalRows(rows: ReportRows): TotalRow[] {
  const { result, groupBy: keys } = rows;
  const all = totalsIn(rows, allTogether(result));
  return keys.length === 0 ? all : [...all, ...totalsIn(rows, groupBy(result, keys))];
}

function totalsIn({ result, targetPercent }: ReportRows, grouping: Grouping<Group | undefined>): TotalRow[] {
  const { groups, groupOf } = grouping;
  const labelsOf = labelsReader(result, targetPercent);
  const byTarget = partsBy(grouping, (row) => labelsOf(row).targetPercent);
  const bySales = partsBy(grouping, (row) => labelsOf(row).salesPerHour);
  const [storesIn, targetOf] = [counter(grouping), sharedText(byTarget)];
  const totals = totalsOfGroups(result, { groupOf, count: groups.length });
  const windows = result.windows.map((window) => ({
    window,
    budgetOf: budgetReader(result, window, byTarget),
    lossOf: lossReader(result, window, bySales),
  }));
  return groups.flatMap((group, place) =>
    windows.map(({ window, budgetOf, lossOf }, index) => ({
      group,
      window,
      stores: storesIn(place),
      sums: totals[place]?.[index]?.sums ?? {},
      targetPercent: targetOf(place),
      budget: rounded(budgetOf(place), roundBudget),
      lostSales: rounded(lossOf(place), formatLoss),
    }))
  );
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

function rounded<Exact, Rounded>(exact: Exact | undefined, round: (exact: Exact) => Rounded): Rounded | undefined {
  return exact === undefined ? undefined : round(exact);
}
