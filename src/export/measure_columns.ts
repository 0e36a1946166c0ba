import { decimal, decimalOfSum } from "../domain/decimal.ts";
import { formatPercentage, type Measured, type Percentages } from "../domain/measures/percentage.ts";
import { HOUR } from "../domain/time/interval.ts";

/** What measures of a row, or of many rows together, are written from. */
export interface Judged {
  readonly measures: Measured;
  readonly percentages: Percentages;
  readonly targetPercent: string | undefined;
  /** Microseconds; may be negative. */
  readonly budget: bigint | undefined;
  /** Two digits after the point. */
  readonly lostSales: string | undefined;
}

/** A column of a CSV. What the report does not know is an empty cell. */
export interface CsvColumn<Line> {
  readonly name: string;
  readonly cell: (line: Line, precision: number) => string;
}

/** The columns that rows and totals have in common. */
export const MEASURE_COLUMNS: readonly CsvColumn<Judged>[] = [
  { name: "scheduled_hours", cell: ({ measures }, precision) => hours(measures.scheduled, precision) },
  { name: "excluded_hours", cell: ({ measures }, precision) => hours(measures.excluded, precision) },
  { name: "uptime_hours", cell: ({ measures }, precision) => hours(measures.up, precision) },
  { name: "downtime_hours", cell: ({ measures }, precision) => hours(measures.down, precision) },
  { name: "unknown_hours", cell: ({ measures }, precision) => hours(measures.unknown, precision) },
  { name: "observed_hours", cell: ({ measures }, precision) => hours(measures.observed, precision) },
  { name: "coverage_percent", cell: ({ percentages }) => percent(percentages.coverage) },
  { name: "uptime_percent", cell: ({ percentages }) => percent(percentages.uptime) },
  { name: "uptime_percent_low", cell: ({ percentages }) => percent(percentages.low) },
  { name: "uptime_percent_high", cell: ({ percentages }) => percent(percentages.high) },
  { name: "outages", cell: ({ measures: { outages } }) => outages === undefined ? "" : String(outages) },
  { name: "longest_outage_hours", cell: ({ measures }, precision) => hours(measures.longest_outage, precision) },
  { name: "target_percent", cell: ({ targetPercent = "" }) => targetPercent },
  { name: "budget_hours", cell: ({ budget }, precision) => budget === undefined ? "" : signedHours(budget, precision) },
  { name: "lost_sales", cell: ({ lostSales = "" }) => lostSales },
];

/** Hours with a sign; without one if all digits are 0. */
function signedHours(length: bigint, precision: number): string {
  const text = decimalOfSum(length, HOUR, precision);
  return /[1-9]/.test(text) ? text : text.replace("-", "");
}

function hours(length: number | bigint | undefined, precision: number): string {
  if (length === undefined) return "";
  return typeof length === "bigint" ? decimalOfSum(length, HOUR, precision) : decimal(length, HOUR, precision);
}

function percent(hundredths: number | undefined): string {
  return hundredths === undefined ? "" : formatPercentage(hundredths);
}

/** A line of some columns. */
export function csvLine<Line>(columns: readonly CsvColumn<Line>[], line: Line, precision: number): string {
  return `${columns.map(({ cell }) => cell(line, precision)).join(",")}\n`;
}

export function csvHeader(columns: readonly CsvColumn<never>[]): string {
  return `${columns.map(({ name }) => name).join(",")}\n`;
}
