import { percentagesOf } from "../domain/measures/percentage.ts";
import { formatLoss } from "../domain/targets/money.ts";
import { textField } from "./csv_field.ts";
import { tagKeysOf } from "./labels.ts";
import { type CsvColumn, csvHeader, csvLine, type Judged, MEASURE_COLUMNS } from "./measure_columns.ts";
import { inPieces, type ReportRows, type Row, rowsOf } from "./rows.ts";

type RowColumn = CsvColumn<Row & Judged>;

const STORE_COLUMNS: readonly RowColumn[] = [
  { name: "store_id", cell: ({ storeId }) => textField(storeId) },
  { name: "name", cell: ({ name = "" }) => textField(name) },
  { name: "timezone", cell: ({ timezone = "" }) => textField(timezone) },
  { name: "window", cell: ({ window }) => textField(window) },
  { name: "from", cell: ({ from }) => from },
  { name: "to", cell: ({ to }) => to },
];

const WARNINGS: RowColumn = { name: "warnings", cell: ({ warnings }) => textField(warnings.join(" ")) };

/** Writes a report as a tidy CSV (RFC 4180), a line per store and window, in pieces. */
export function rowsCsv(rows: ReportRows): Generator<string> {
  return inPieces(lines(rows));
}

function* lines(rows: ReportRows): Generator<string> {
  const columns = [...STORE_COLUMNS, ...MEASURE_COLUMNS, WARNINGS, ...tagKeysOf(rows.result).map(tagColumn)];
  yield csvHeader(columns);
  for (const row of rowsOf(rows)) {
    const lostSales = row.loss === undefined ? undefined : formatLoss(row.loss);
    yield csvLine(columns, { ...row, lostSales, percentages: percentagesOf(row.measures) }, rows.precision);
  }
}

function tagColumn(key: string): RowColumn {
  return { name: `tag_${key}`, cell: ({ tags }) => textField(tags[key] ?? "") };
}
