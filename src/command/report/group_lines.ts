import { count } from "../../domain/counted.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import { HOUR } from "../../domain/time/interval.ts";
import { previousOf } from "../../domain/time/previous_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { windowWords, wordsBefore } from "../../domain/time/window_words.ts";
import type { ReportRows } from "../../export/rows.ts";
import { type TotalRow, totalRows } from "../../export/totals.ts";
import { shareCells, tableLine } from "./summary_lines.ts";

const GROUPS_SHOWN = 30;

/** The groups of a report in the window that counts most, with the uptime of the window before it if the report compares. */
export function groupLines(rows: ReportRows): string[] {
  const { groupBy, windows } = rows;
  if (groupBy.length === 0) return [];
  const window = mainWindow(windows.map(({ name }) => name));
  const totals = totalRows(rows).filter(({ group }) => group !== undefined);
  const groups = totals.filter((total) => total.window === window);
  const before = wordsBefore(previousOf(window));
  const earlier = totals.filter((total) => total.window === previousOf(window));
  const head = [`by ${groupBy.join(", ")}, ${windowWords(window)}`, "uptime", "between", "observed", "lost hours"];
  const lines = groups.slice(0, GROUPS_SHOWN).map((total, index) =>
    tableLine([nameOf(total), ...cellsOf(total), ...earlier.slice(index, index + 1).map(uptimeOf)])
  );
  const more = groups.length - lines.length;
  return [
    "",
    tableLine(earlier.length === 0 || before === undefined ? head : [...head, before]),
    ...lines,
    ...more > 0 ? [`and ${count(more)} more`] : [],
  ];
}

function nameOf({ group }: TotalRow): string {
  return Object.entries(group ?? {}).map(([key, value]) => value ?? `no ${key}`).join(", ");
}

function cellsOf({ sums }: TotalRow): string[] {
  return [...shareCells(sums), decimalOfSum(sums.down ?? 0n, HOUR, 2)];
}

function uptimeOf({ sums }: TotalRow): string {
  return shareCells(sums)[0] ?? "";
}
