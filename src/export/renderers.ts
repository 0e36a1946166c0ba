import { rowsParquet } from "./parquet/rows_parquet.ts";
import type { ReportRows } from "./rows.ts";
import { rowsCsv } from "./rows_csv.ts";
import { rowsNdjson } from "./rows_ndjson.ts";
import { totalsCsv } from "./totals_csv.ts";
import { totalsNdjson } from "./totals_ndjson.ts";
import { reportXlsx } from "./xlsx/report_xlsx.ts";

/** What a rendering is made of: texts, or bytes. */
export type Piece = string | Uint8Array;

/** The renderings of a report's exact result, by the names that commands use. */
export const RENDERERS = {
  "rows-csv": rowsCsv,
  ndjson: rowsNdjson,
  parquet: rowsParquet,
  xlsx: reportXlsx,
  "totals-csv": totalsCsv,
  "totals-ndjson": totalsNdjson,
} as const satisfies Record<string, (rows: ReportRows) => Iterable<Piece>>;

export type RenderedFormat = keyof typeof RENDERERS;
