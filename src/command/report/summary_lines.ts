import { count, counted } from "../../domain/counted.ts";
import { decimal } from "../../domain/decimal.ts";
import { lowWindows } from "../../domain/measures/coverage.ts";
import { formatPercentage, formatUpperBound, type Measured, percentagesOf } from "../../domain/measures/percentage.ts";
import { mostDowntime, silentRows } from "../../domain/measures/ranking.ts";
import { totalOf, type Totals } from "../../domain/measures/totals.ts";
import { eachMeasure } from "../../domain/measures/measures.ts";
import type { Result } from "../../domain/measures/result.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { HOUR } from "../../domain/time/interval.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { theWindow, windowWords, wordsBefore } from "../../domain/time/window_words.ts";
import { measuredWindows } from "../../domain/report_request.ts";
import type { ReportSummary } from "../../report/make_report.ts";
import { warningLines } from "./warning_lines.ts";

const WORST_SHOWN = 10;

const WIDTHS = [28, 12, 20, 14, 12, 20] as const;

/** What was not observed, if that is much, and the numbers of all stores together. */
export function summaryLines(
  { rows, request, totals }: Pick<ReportSummary, "rows" | "request" | "totals">,
  ms: number,
): string[] {
  const shares = measuredWindows(request)
    .map((window) => [shareName(window), ...shareCells(totalOf(totals, window))]);
  return [
    ...lowCoverageLines(totals),
    `${counted(rows, "store")} as of ${formatInstant(request.asOf)}, in ${(ms / 1000).toFixed(2)} s`,
    "",
    tableLine([request.where === undefined ? "all stores" : "these stores", "uptime", "between", "observed"]),
    ...shares.map(tableLine),
  ];
}

/** What a window is compared with stands below it. */
function shareName(window: WindowName): string {
  const before = wordsBefore(window);
  return before === undefined ? windowWords(window) : `  ${before}`;
}

/** Starts with the window with the least coverage, if that is low. */
function lowCoverageLines(totals: Totals): string[] {
  const [lowest] = lowWindows(totals).toSorted((a, b) => a.coverage - b.coverage);
  if (lowest === undefined) return [];
  const { window, coverage } = lowest;
  return [
    `Only ${formatPercentage(coverage)} % of the scheduled time of ${theWindow(window)} was observed: ` +
    "read each uptime with the bounds beside it",
    "",
  ];
}

/** A short table of the stores that lost most, and how many are not in it because nobody saw them. */
export function worstLines(result: Result): string[] {
  return [...worstTable(result), ...silentLines(silentRows(result).length)];
}

function silentLines(stores: number): string[] {
  if (stores === 0) return [];
  const [are, them] = stores === 1 ? ["store has", "it is"] : ["stores have", "they are"];
  return ["", `${count(stores)} ${are} no data for a day or for the whole report: ${them} not among the worst stores`];
}

function worstTable(result: Result): string[] {
  const window = mainWindow(result.windows);
  const worst = mostDowntime(result, window, WORST_SHOWN);
  if (worst.length === 0) return [];
  const columns = eachMeasure((measure) => result.column(window, measure));
  const rows = worst.map((row) => {
    const measures = eachMeasure((measure) => columns[measure]?.[row]);
    const lost = decimal(measures.down ?? 0, HOUR, 2);
    return tableLine([result.storeIds[row] ?? "", ...shareCells(measures), lost]);
  });
  return ["", tableLine([worstWords(window), "uptime", "between", "observed", "lost hours"]), ...rows];
}

function worstWords(window: WindowName): string {
  return window === "last_week" ? "worst stores of the week" : `worst, ${windowWords(window)}`;
}

/** What could not be computed, and what the reader has to know. */
export function troubleLines({ errors, warnings }: ReportSummary): string[] {
  const lines = errors.slice(0, WORST_SHOWN).map(({ storeId, reason }) => `not computed: ${storeId}: ${reason}`);
  return warnings.length === 0 ? lines : [...lines, "", ...warnings.flatMap(warningLines)];
}

/** Uptime, its bounds, and coverage. */
export function shareCells(measures: Measured): string[] {
  const { uptime, low, high, coverage } = percentagesOf(measures);
  const percent = (hundredths: number | undefined) =>
    hundredths === undefined ? "–" : `${formatPercentage(hundredths)} %`;
  const between = low === undefined || high === undefined
    ? "–"
    : `${formatPercentage(low)} – ${formatUpperBound(high)} %`;
  return [percent(uptime), between, percent(coverage)];
}

/** The first cell is a name; the others stand below each other. */
export function tableLine([name = "", ...cells]: readonly string[]): string {
  const [first, ...others] = WIDTHS;
  return name.padEnd(first) + cells.map((cell, index) => cell.padStart(others[index] ?? 12)).join("");
}
