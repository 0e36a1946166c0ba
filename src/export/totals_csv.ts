import { percentagesOf } from "../domain/measures/percentage.ts";
import { textField } from "./csv_field.ts";
import { type CsvColumn, csvHeader, csvLine, type Judged, MEASURE_COLUMNS } from "./measure_columns.ts";
import { inPieces, type ReportRows } from "./rows.ts";
import { type TotalRow, totalRows } from "./totals.ts";

type TotalColumn = CsvColumn<TotalRow & Judged>;

const GROUP: TotalColumn = { name: "group", cell: ({ group }) => group === undefined ? "*" : "" };

const WINDOW_COLUMNS: readonly TotalColumn[] = [
  { name: "window", cell: ({ window }) => textField(window) },
  { name: "stores", cell: ({ stores }) => String(stores) },
];

/** Writes the totals of a report as a CSV (RFC 4180), a line per group and window, in pieces. */
export function totalsCsv(rows: ReportRows): Generator<string> {
  return inPieces(lines(rows));
}

function* lines(rows: ReportRows): Generator<string> {
  const columns = [GROUP, ...rows.groupBy.map(groupColumn), ...WINDOW_COLUMNS, ...MEASURE_COLUMNS];
  yield csvHeader(columns);
  for (const total of totalRows(rows)) {
    const line = { ...total, measures: total.sums, percentages: percentagesOf(total.sums) };
    yield csvLine(columns, line, rows.precision);
  }
}

function groupColumn(key: string): TotalColumn {
  return { name: `group_${key}`, cell: ({ group }) => textField(group?.[key] ?? "") };
}
