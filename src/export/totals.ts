import { partsOf } from "../domain/measures/result.ts";
import type { WindowTotals } from "../domain/measures/totals.ts";
import { formatLoss } from "../domain/targets/money.ts";
import { roundBudget } from "../domain/targets/target.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import { addExactTotals, type ExactTotal, exactTotals } from "./exact_totals.ts";
import { allTogether, compareGroups, type Group, groupBy, type Grouping } from "./groups.ts";
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
export function totalRows({ result, groupBy: keys, targetPercent }: ReportRows): TotalRow[] {
  const [all, groups] = [new GroupTotals(), new GroupTotals()];
  for (const part of partsOf(result)) {
    const add = (to: GroupTotals, grouping: Grouping<Group | undefined>) =>
      to.add(grouping.groups, exactTotals({ result: part, targetPercent }, grouping));
    add(all, allTogether(part));
    if (keys.length > 0) add(groups, groupBy(part, keys));
  }
  return [...all.rows(), ...groups.rows()];
}

/** Adds up the totals of groups, part by part. */
class GroupTotals {
  readonly #known = new Map<string, { readonly group: Group | undefined; totals: readonly ExactTotal[] }>();

  /** @param totals of each group, in the order of windows */
  add(groups: readonly (Group | undefined)[], totals: readonly (readonly ExactTotal[])[]): void {
    for (const [place, group] of groups.entries()) {
      const name = JSON.stringify(group);
      const [known, more] = [this.#known.get(name), totals[place] ?? []];
      if (known === undefined) this.#known.set(name, { group, totals: more });
      else known.totals = addExactTotals(known.totals, more);
    }
  }

  rows(): TotalRow[] {
    const sorted = [...this.#known.values()].sort((a, b) => compareGroups(a.group, b.group));
    return sorted.flatMap(({ group, totals }) => totals.map((total) => ({ group, ...roundedOnce(total) })));
  }
}

function roundedOnce({ budget, loss, ...total }: ExactTotal): Omit<TotalRow, "group"> {
  return {
    ...total,
    budget: budget === undefined ? undefined : roundBudget(budget),
    lostSales: loss === undefined ? undefined : formatLoss(loss),
  };
}
