import { type Measured, type Percentages, percentagesOf } from "../../domain/measures/percentage.ts";
import type { Measure } from "../../domain/measures/measures.ts";
import { HOUR } from "../../domain/time/interval.ts";
import type { CellFormat } from "./cell_style.ts";
import type { CellValue, SheetColumn } from "./sheet.ts";

/** What the sheets of stores and of totals both show of a line. */
export interface Judged {
  readonly measures: Measured;
  /** Decimal digits. */
  readonly targetPercent: string | undefined;
  /** Microseconds. */
  readonly budget: bigint | undefined;
  /** Decimal digits. */
  readonly lostSales: string | undefined;
}

interface JudgedLine extends Judged {
  readonly percentages: Percentages;
}

interface MeasureColumn extends SheetColumn {
  readonly value: (line: JudgedLine) => CellValue;
}

const NUMBER_WIDTH = 12;

export const MEASURE_COLUMNS: readonly MeasureColumn[] = [
  percent("Uptime", "uptime"),
  percent("Uptime, at least", "low"),
  percent("Uptime, at most", "high"),
  percent("Observed", "coverage"),
  hours("Hours down", "down"),
  number("Outages", "count", ({ measures }) => whole(measures.outages)),
  hours("Longest outage, hours", "longest_outage"),
  hours("Hours up", "up"),
  hours("Hours unknown", "unknown"),
  hours("Hours observed", "observed"),
  hours("Hours scheduled", "scheduled"),
  hours("Hours excluded", "excluded"),
  number(
    "Target",
    "target",
    ({ targetPercent }) => targetPercent === undefined ? undefined : Number(targetPercent) / 100,
  ),
  number("Budget left, hours", "hours", ({ budget }) => inHours(budget)),
  number("Lost sales", "money", ({ lostSales }) => lostSales === undefined ? undefined : Number(lostSales)),
];

/** The cells of these columns. */
export function measureCells(judged: Judged): CellValue[] {
  const line = { ...judged, percentages: percentagesOf(judged.measures) };
  return MEASURE_COLUMNS.map(({ value }) => value(line));
}

/** A fraction of whole hundredths of a percent: Excel would round 99.996 % up to 100.00 %. */
function percent(header: string, of: keyof Percentages): MeasureColumn {
  return number(header, "percent", ({ percentages }) => {
    const hundredths = percentages[of];
    return hundredths === undefined ? undefined : hundredths / 10_000;
  });
}

/** Exact: the format alone rounds. */
function hours(header: string, measure: Measure): MeasureColumn {
  return number(header, "hours", ({ measures }) => inHours(measures[measure]));
}

function number(header: string, format: CellFormat, value: MeasureColumn["value"]): MeasureColumn {
  return { header, format, width: NUMBER_WIDTH, value };
}

function inHours(length: number | bigint | undefined): number | undefined {
  return length === undefined ? undefined : Number(length) / HOUR;
}

function whole(count: number | bigint | undefined): number | undefined {
  return count === undefined ? undefined : Number(count);
}
