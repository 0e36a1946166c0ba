import { scaled } from "../../domain/decimal.ts";
import type { Measure } from "../../domain/measures/measures.ts";
import { lossInHundredths } from "../../domain/targets/money.ts";
import { tagKeysOf } from "../labels.ts";
import { type ReportRows, type Row, rowsOf } from "../rows.ts";
import { type ParquetColumn, parquetFile, type ParquetValue } from "./parquet_file.ts";

interface RowColumn extends ParquetColumn {
  readonly value: (row: Row) => ParquetValue;
}

const TARGET = { digits: 4 };
const SALES = { digits: 6 };
const MONEY = { digits: 2 };

const COLUMNS: readonly RowColumn[] = [
  { name: "store_id", type: "text", value: ({ storeId }) => storeId },
  { name: "name", type: "text", value: ({ name }) => name },
  { name: "timezone", type: "text", value: ({ timezone }) => timezone },
  { name: "window", type: "text", value: ({ window }) => window },
  { name: "from", type: "instant", value: ({ span }) => BigInt(span.start) },
  { name: "to", type: "instant", value: ({ span }) => BigInt(span.end) },
  micros("scheduled"),
  micros("excluded"),
  micros("up"),
  micros("down"),
  micros("unknown"),
  micros("observed"),
  micros("up_low"),
  micros("up_high"),
  { name: "outages", type: "count", value: ({ measures }) => measures.outages },
  micros("longest_outage"),
  { name: "target_percent", type: TARGET, value: ({ targetPercent }) => digitsOf(targetPercent, TARGET.digits) },
  { name: "budget_us", type: "micros", value: ({ budget }) => budget },
  { name: "sales_per_hour", type: SALES, value: ({ salesPerHour }) => digitsOf(salesPerHour, SALES.digits) },
  { name: "lost_sales", type: MONEY, value: ({ loss }) => loss === undefined ? undefined : lossInHundredths(loss) },
  { name: "warnings", type: "text", value: ({ warnings }) => warnings.join(" ") },
];

/** Writes a report as Parquet, a row per store and window, with exact microseconds, in pieces. */
export function rowsParquet(rows: ReportRows): Generator<Uint8Array> {
  const columns = [...COLUMNS, ...tagKeysOf(rows.result).map(tagColumn)];
  return parquetFile(columns, rowsOf(rows).map((row) => columns.map(({ value }) => value(row))));
}

function micros(measure: Measure): RowColumn {
  const value = ({ measures }: Row) => {
    const length = measures[measure];
    return length === undefined ? undefined : BigInt(length);
  };
  return { name: `${measure}_us`, type: "micros", value };
}

function tagColumn(key: string): RowColumn {
  return { name: `tag_${key}`, type: "text", value: ({ tags }) => tags[key] };
}

function digitsOf(text: string | undefined, digits: number): bigint | undefined {
  return text === undefined ? undefined : scaled(text, digits);
}
