import { stylesXml } from "./cell_style.ts";
import { filterRange, type Sheet, type SheetSize, sheetXml } from "./sheet.ts";
import { sheetNames } from "./sheet_names.ts";
import { xmlText } from "./xml_text.ts";
import { zipArchive, type ZipEntry } from "./zip.ts";

/*
 * An Excel workbook (ECMA-376, Office Open XML) is a ZIP archive of XML files. Libraries were tried: see docs/decisions.md.
 */

const EMPTY: SheetSize = { rows: 1 };

/**
 * Writes a workbook, in pieces. A sheet's rows are asked for while it is written, and are never in memory together.
 *
 * @param precision digits of hours after the point
 * @throws {TooLargeForXlsx} if Excel cannot have so many rows
 */
export function workbook(sheets: readonly Sheet[], precision: number): Generator<Uint8Array> {
  return zipArchive(parts(sheets, precision));
}

/** The sheets come first: the workbook says how many rows they have. */
function* parts(sheets: readonly Sheet[], precision: number): Generator<ZipEntry> {
  const sizes = sheets.map((): SheetSize => ({ ...EMPTY }));
  for (const [index, sheet] of sheets.entries()) {
    const size = sizes[index];
    if (size !== undefined) yield part(sheetPath(index), sheetXml(sheet, size));
  }
  yield part("xl/styles.xml", [stylesXml(precision)]);
  yield part("xl/workbook.xml", [workbookXml(sheets, sizes)]);
  yield part("xl/_rels/workbook.xml.rels", [workbookRelations(sheets.length)]);
  yield part("_rels/.rels", [relations([["officeDocument", "xl/workbook.xml"]])]);
  yield part("[Content_Types].xml", [contentTypes(sheets.length)]);
}

const DECLARATION = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;

function part(path: string, xml: Iterable<string>): ZipEntry {
  return { path, blocks: encoded(xml) };
}

function* encoded(xml: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(DECLARATION);
  for (const block of xml) yield encoder.encode(block);
}

function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

function workbookXml(sheets: readonly Sheet[], sizes: readonly SheetSize[]): string {
  const names = sheetNames(sheets.map(({ title }) => title));
  const list = names.map((name, index) =>
    `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`
  );
  const defined = sheets.map(({ columns }, index) =>
    definedNames(names[index] ?? "", index, filterRange(columns.length, sizes[index] ?? EMPTY))
  );
  return `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}">` +
    `<sheets>${list.join("")}</sheets><definedNames>${defined.join("")}</definedNames></workbook>`;
}

/** The cells of a sheet's filter, and its header, which each printed page repeats. */
function definedNames(sheet: string, index: number, range: string): string {
  const fixed = range.replaceAll(/[A-Z]+|\d+/g, "$$$&");
  const where = (cells: string) => xmlText(`'${sheet.replaceAll("'", "''")}'!${cells}`);
  return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${where(fixed)}</definedName>` +
    `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${where("$1:$1")}</definedName>`;
}

function workbookRelations(sheets: number): string {
  const files = Array.from(
    { length: sheets },
    (_, index) => ["worksheet", `worksheets/sheet${index + 1}.xml`] as const,
  );
  return relations([...files, ["styles", "styles.xml"]]);
}

function relations(files: readonly (readonly [string, string])[]): string {
  const list = files.map(([type, path], index) =>
    `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${path}"/>`
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${list.join("")}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const files = [
    ["/xl/workbook.xml", "sheet.main"],
    ["/xl/styles.xml", "styles"],
    ...Array.from({ length: sheets }, (_, index) => [`/${sheetPath(index)}`, "worksheet"]),
  ];
  const list = files.map(([path, type]) => `<Override PartName="${path}" ContentType="${MAIN}.${type}+xml"/>`);
  return `<Types xmlns="${PACKAGE}/content-types">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${list.join("")}</Types>`;
}
