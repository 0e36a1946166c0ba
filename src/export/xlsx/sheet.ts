import { DAY, type Micros } from "../../domain/time/interval.ts";
import { type CellFormat, HEADER_STYLE, styleOf } from "./cell_style.ts";
import { TooLargeForXlsx } from "./too_large.ts";
import { cellText } from "./xml_text.ts";

/** A sheet of a workbook: a line of headers that stays in sight, and rows below it that can be filtered. */
export interface Sheet {
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: Iterable<readonly CellValue[]>;
}

export interface SheetColumn {
  readonly header: string;
  readonly format: CellFormat;
  /** In characters. */
  readonly width: number;
}

/** Instants are microseconds since 1970, percentages are fractions. */
export type CellValue = string | number | undefined;

/** Of a sheet in Excel, with its header. */
export const MOST_ROWS = 1_048_576;

/** Characters of a block: what is packed at a time. */
const BLOCK = 256 * 1024;

/** What a sheet has, once it is written. */
export interface SheetSize {
  rows: number;
}

/**
 * Writes a sheet as XML, in blocks. Texts are texts, never formulas.
 *
 * @param size is filled while the sheet is written
 * @throws {TooLargeForXlsx} if it has more rows than Excel can have
 */
export function* sheetXml({ columns, rows }: Sheet, size: SheetSize): Generator<string> {
  const names = columns.map((_, index) => columnName(index));
  const styles = columns.map(({ format }) => styleOf(format));
  let block = HEAD + columnsXml(columns) + "<sheetData>" + headerXml(columns, names);
  size.rows = 1;
  for (const row of rows) {
    size.rows++;
    if (size.rows > MOST_ROWS) throw new TooLargeForXlsx(`It has more than ${MOST_ROWS - 1} rows in a sheet`);
    block += `<row r="${size.rows}">`;
    for (const [index, value] of row.entries()) {
      if (value === undefined) continue;
      const place = `${names[index]}${size.rows}`;
      block += cellXml(typeof value === "number" ? numberIn(columns[index], value) : value, place, styles[index] ?? 0);
    }
    block += "</row>";
    if (block.length < BLOCK) continue;
    yield block;
    block = "";
  }
  yield `${block}</sheetData><autoFilter ref="${filterRange(columns.length, size)}"/>${END}`;
}

/** The cells that a sheet's filter is about: `A1:W120`. */
export function filterRange(columns: number, { rows }: SheetSize): string {
  return `A1:${columnName(columns - 1)}${rows}`;
}

/** The name of a column: A to Z, then AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode("A".charCodeAt(0) + index % 26);
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** Days from the start of Excel's calendar to 1970. */
const DAYS_TO_1970 = 25_569;

function numberIn(column: SheetColumn | undefined, value: number): number {
  return column?.format === "instant" ? serialDay(value) : value;
}

/** An instant as days of Excel's calendar, in UTC. */
function serialDay(instant: Micros): number {
  return DAYS_TO_1970 + instant / DAY;
}

function cellXml(value: string | number, place: string, style: number): string {
  if (typeof value === "number") return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
}

const HEAD = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
  `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">` +
  `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
  `<sheetFormatPr defaultRowHeight="15"/>`;

/** Printed wide, with all columns on a page. */
const END = `<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;

function columnsXml(columns: readonly SheetColumn[]): string {
  const cols = columns.map(({ width }, index) =>
    `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  );
  return `<cols>${cols.join("")}</cols>`;
}

function headerXml(columns: readonly SheetColumn[], names: readonly string[]): string {
  const cells = columns.map(({ header }, index) => cellXml(header, `${names[index]}1`, HEADER_STYLE));
  return `<row r="1" ht="32" customHeight="1">${cells.join("")}</row>`;
}
