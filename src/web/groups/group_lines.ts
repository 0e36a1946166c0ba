import { uptimeRatio } from "../../domain/measures/percentage.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { previousOf } from "../../domain/time/previous_window.ts";
import type { Group } from "../../export/groups.ts";
import type { TotalRow } from "../../export/totals.ts";
import { changeBetween } from "../fleet/points.ts";
import type { GroupSort } from "./group_query.ts";

/** The totals of a group in one window, and by how much its uptime changed. */
export interface GroupLine {
  readonly total: TotalRow;
  /** Percentage points since the window before. Undefined without that window, or if less than half of either was observed. */
  readonly change: number | undefined;
}

/** The totals of one window: of all stores, and of each group in the order of their values. */
export interface WindowLines {
  readonly all: GroupLine | undefined;
  readonly groups: readonly GroupLine[];
}

export function linesOf(totals: readonly TotalRow[], window: WindowName): WindowLines {
  const before = new Map(totals.filter((total) => total.window === previousOf(window)).map((row) => [row.group, row]));
  const lines = totals.filter((total) => total.window === window)
    .map((total) => ({ total, change: changeBetween(before.get(total.group)?.sums, total.sums) }));
  return {
    all: lines.find(({ total }) => total.group === undefined),
    groups: lines.filter(({ total }) => total.group !== undefined),
  };
}

/** Sorts lines; equals stay in the order of their values, and what has no number comes last. */
export function sortLines(lines: readonly GroupLine[], sort: GroupSort, descending: boolean): GroupLine[] {
  if (sort === "group") return descending ? lines.toReversed() : [...lines];
  const sign = descending ? -1 : 1;
  return lines.map((line) => ({ line, key: KEYS[sort](line) }))
    .sort((a, b) => a.key === undefined || b.key === undefined ? last(a.key, b.key) : sign * (a.key - b.key))
    .map(({ line }) => line);
}

function last(a: number | undefined, b: number | undefined): number {
  return Number(a === undefined) - Number(b === undefined);
}

const KEYS: Readonly<Record<Exclude<GroupSort, "group">, (line: GroupLine) => number | undefined>> = {
  stores: ({ total }) => total.stores,
  uptime: ({ total }) => uptimeRatio(total.sums),
  observed: ({ total: { sums: { observed, scheduled } } }) =>
    observed === undefined || !scheduled ? undefined : Number(observed) / Number(scheduled),
  down: ({ total }) => Number(total.sums.down ?? 0n),
  change: ({ change }) => change,
  budget: ({ total: { budget } }) => budget === undefined ? undefined : Number(budget),
  lost: ({ total: { lostSales } }) => lostSales === undefined ? undefined : Number(lostSales),
};

/** `West`, `West · Pizza`, `without region` */
export function groupWords(group: Group): string {
  return Object.entries(group).map(([key, value]) => value ?? `no ${key.replaceAll("_", " ")}`).join(" · ");
}
