import type { Window } from "../../domain/time/window.ts";
import { formatLoss } from "../../domain/targets/money.ts";
import { tagKeysOf } from "../labels.ts";
import { type ReportRows, type Row, rowsOf } from "../rows.ts";
import { type TotalRow, totalRows } from "../totals.ts";
import { MEASURE_COLUMNS, measureCells } from "./measure_columns.ts";
import { type CellValue, MOST_ROWS, type Sheet, type SheetColumn } from "./sheet.ts";
import { TooLargeForXlsx } from "./too_large.ts";
import { workbook } from "./workbook.ts";

/**
 * Writes a report as an Excel workbook, in pieces: a sheet of totals, then a sheet for each window.
 *
 * @throws {TooLargeForXlsx} if Excel cannot have so many rows
 */
export function reportXlsx(rows: ReportRows): Generator<Uint8Array> {
  const totals = totalRows(rows);
  needRoomInSheets(totals[0]?.stores ?? 0);
  const tags = tagKeysOf(rows.result);
  const sheets = rows.windows.map((window) => windowSheet(rows, window, tags));
  return workbook([totalsSheet(rows.groupBy, totals), ...sheets], rows.precision);
}

/** @throws {TooLargeForXlsx} if a sheet cannot have a row for each store */
function needRoomInSheets(stores: number): void {
  const most = MOST_ROWS - 1;
  if (stores > most) {
    throw new TooLargeForXlsx(`A sheet has at most ${most} rows below its header, and the report ${stores}`);
  }
}

const text = (header: string, width: number): SheetColumn => ({ header, format: "text", width });

function windowSheet(rows: ReportRows, window: Window, tags: readonly string[]): Sheet {
  return {
    title: window.name,
    columns: [
      text("Name", 28),
      text("Store", 22),
      ...tags.map((key) => text(key, 14)),
      ...MEASURE_COLUMNS,
      text("Time zone", 20),
      { header: "From (UTC)", format: "instant", width: 19 },
      { header: "To (UTC)", format: "instant", width: 19 },
      text("Warnings", 24),
    ],
    rows: rowsOf({ ...rows, windows: [window] }).map((row) => storeCells(row, tags)),
  };
}

function storeCells(row: Row, tags: readonly string[]): CellValue[] {
  const lostSales = row.loss === undefined ? undefined : formatLoss(row.loss);
  return [
    row.name,
    row.storeId,
    ...tags.map((key) => row.tags[key]),
    ...measureCells({ ...row, lostSales }),
    row.timezone,
    row.span.start,
    row.span.end,
    row.warnings.length === 0 ? undefined : row.warnings.join(" "),
  ];
}

/** A column per tag of the groups; without groups, one that says that the line is about all stores. */
function totalsSheet(groupBy: readonly string[], totals: readonly TotalRow[]): Sheet {
  const keys = groupBy.length === 0 ? ["Group"] : groupBy;
  return {
    title: "Totals",
    columns: [
      ...keys.map((key) => text(key, 22)),
      text("Window", 22),
      { header: "Stores", format: "count", width: 10 },
      ...MEASURE_COLUMNS,
    ],
    rows: totals.map((total) => totalCells(total, keys)),
  };
}

function totalCells({ group, window, stores, sums, ...judged }: TotalRow, keys: readonly string[]): CellValue[] {
  const names = keys.map((key, index) => {
    if (group === undefined) return index === 0 ? ALL_STORES : undefined;
    return group[key] ?? `(no ${key})`;
  });
  return [...names, window, stores, ...measureCells({ ...judged, measures: sums })];
}

const ALL_STORES = "All stores";
