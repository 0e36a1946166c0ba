/** How a column's cells are shown. */
export type CellFormat = "text" | "hours" | "percent" | "target" | "count" | "money" | "instant";

/** The order is that of the styles in the workbook; the first two are of plain cells and of headers. */
const FORMATS: readonly CellFormat[] = ["text", "hours", "percent", "target", "count", "money", "instant"];

const PLAIN_STYLES = 2;
export const HEADER_STYLE = 1;

/** The number that programs know for the format of texts, and the first one that a workbook may use for its own. */
const TEXT_ID = 49;
const FIRST_OWN = 164;

/** The number of a format's style. */
export function styleOf(format: CellFormat): number {
  return PLAIN_STYLES + FORMATS.indexOf(format);
}

/** What Excel calls these formats. Percentages are fractions: 0.995 is 99.50%. */
function formatCode(format: CellFormat, precision: number): string {
  switch (format) {
    case "text":
      return "@";
    case "hours":
      return precision === 0 ? "#,##0" : `#,##0.${"0".repeat(precision)}`;
    case "percent":
      return "0.00%";
    case "target":
      return "0.00##%";
    case "count":
      return "#,##0";
    case "money":
      return "#,##0.00";
    case "instant":
      return "yyyy-mm-dd hh:mm:ss";
  }
}

/** @param precision digits of hours after the point */
export function stylesXml(precision: number): string {
  const own = FORMATS.filter((format) => format !== "text");
  const ids = new Map<CellFormat, number>(own.map((format, index) => [format, FIRST_OWN + index]));
  const codes = own.map((format) =>
    `<numFmt numFmtId="${ids.get(format)}" formatCode="${formatCode(format, precision)}"/>`
  );
  const cells = FORMATS.map((format) =>
    `<xf numFmtId="${ids.get(format) ?? TEXT_ID}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`
  );
  return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    `<numFmts count="${codes.length}">${codes.join("")}</numFmts>${FONTS}${FILLS}${BORDERS}` +
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
    `<cellXfs count="${PLAIN_STYLES + cells.length}">${PLAIN}${HEADER}${cells.join("")}</cellXfs>` +
    `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

const FONT = `<sz val="11"/><name val="Calibri"/><family val="2"/>`;
const FONTS = `<fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts>`;
/** Excel expects the first two, whatever a workbook uses. */
const FILLS =
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
  `<fill><patternFill patternType="solid"><fgColor rgb="FFE9EEF4"/><bgColor indexed="64"/></patternFill></fill></fills>`;
const BORDERS = `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
  `<border><left/><right/><top/><bottom style="thin"><color rgb="FF8A97A6"/></bottom><diagonal/></border></borders>`;
const PLAIN = `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`;
const HEADER =
  `<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" ` +
  `applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>`;
