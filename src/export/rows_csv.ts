import { decimal, decimalOfSum } from "../domain/decimal.ts";
import { formatPercentage, type Percentages, percentagesOf } from "../domain/measures/percentage.ts";
import { HOUR, type Micros } from "../domain/time/interval.ts";
import { formatLoss } from "../domain/targets/money.ts";
import { textField } from "./csv_field.ts";
import { tagKeysOf } from "./labels.ts";
import { inPieces, type ReportRows, type Row, rowsOf } from "./rows.ts";

/** A column of the tidy CSV. What the report does not know is an empty cell. */
interface RowColumn {
  readonly name: string;
  readonly cell: (row: CsvRow, precision: number) => string;
}

interface CsvRow extends Row {
  readonly percentages: Percentages;
}

const COLUMNS: readonly RowColumn[] = [
  { name: "store_id", cell: ({ storeId }) => textField(storeId) },
  { name: "name", cell: ({ name = "" }) => textField(name) },
  { name: "timezone", cell: ({ timezone = "" }) => textField(timezone) },
  { name: "window", cell: ({ window }) => textField(window) },
  { name: "from", cell: ({ from }) => from },
  { name: "to", cell: ({ to }) => to },
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
  { name: "budget_hours", cell: ({ budget }, precision) => budget === undefined ? "" : budgetHours(budget, precision) },
  { name: "lost_sales", cell: ({ loss }) => loss === undefined ? "" : formatLoss(loss) },
  { name: "warnings", cell: ({ warnings }) => textField(warnings.join(" ")) },
];

/** Writes a report as a tidy CSV (RFC 4180), a line per store and window, in pieces. */
export function rowsCsv(rows: ReportRows): Generator<string> {
  return inPieces(lines(rows));
}

function* lines(rows: ReportRows): Generator<string> {
  const columns = [...COLUMNS, ...tagKeysOf(rows.result).map(tagColumn)];
  yield `${columns.map(({ name }) => name).join(",")}\n`;
  for (const row of rowsOf(rows)) {
    const csvRow = { ...row, percentages: percentagesOf(row.measures) };
    yield `${columns.map(({ cell }) => cell(csvRow, rows.precision)).join(",")}\n`;
  }
}

function tagColumn(key: string): RowColumn {
  return { name: `tag_${key}`, cell: ({ tags }) => textField(tags[key] ?? "") };
}

/** Hours with a sign; without one if all digits are 0. */
function budgetHours(budget: bigint, precision: number): string {
  const text = decimalOfSum(budget, HOUR, precision);
  return /[1-9]/.test(text) ? text : text.replace("-", "");
}

function hours(length: Micros | undefined, precision: number): string {
  return length === undefined ? "" : decimal(length, HOUR, precision);
}

function percent(hundredths: number | undefined): string {
  return hundredths === undefined ? "" : formatPercentage(hundredths);
}
