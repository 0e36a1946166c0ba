import type { Notice, Reject } from "../../db/imports/imports.ts";
import { count, counted } from "../../domain/counted.ts";
import type { FileCheck } from "../../ingest/check_files.ts";
import type { ImportResult } from "../../ingest/import_file.ts";
import { storeLine, warningLines } from "../report/warning_lines.ts";

const REJECTS_SHOWN = 5;

/** The result of loading a file, for people. */
export function resultLines(result: ImportResult, ms: number): string[] {
  const { source, kind, rows, accepted, rejected, changed, rejects, importId } = result;
  const [good, bad, altered, rate] = [accepted, rejected, changed, rows / (ms / 1000)]
    .map((number) => count(Math.round(number)));
  const seconds = (ms / 1000).toFixed(2);
  return [
    `${source}: ${counted(rows, "row")} of ${kind}, ${good} accepted, ${bad} rejected, ${altered} added or changed, ` +
    `${seconds} s, ${rate} rows/s`,
    ...rejects.slice(0, REJECTS_SHOWN).map((reject) => `  ${rejectLine(reject)}`),
    ...rejectsHint(rejected, importId),
    ...newStoreLines(result),
    ...result.notices.map(noticeLine),
    ...result.warnings.flatMap(warningLines),
  ];
}

/** How to list all rejected rows, if there are any. */
export function rejectsHint(rejected: number, importId: string): string[] {
  return rejected > 0 ? [`  list all rejected rows as CSV: deno task load --rejects ${importId}`] : [];
}

function rejectLine({ line, column, value, reason }: Reject): string {
  return `line ${line}: ${column === undefined ? "the row" : column} ${JSON.stringify(value ?? "")} ${reason}`;
}

function noticeLine({ message, count, firstLine }: Notice): string {
  return `  notice: ${message}: ${counted(count, "time")}, first on line ${firstLine}`;
}

/** The effect that loading a file would have, for people. */
export function checkLines(check: FileCheck): string[] {
  const { source, kind, rows, rejected, reason } = check;
  if (reason !== undefined) return [`${source}: would not be loaded. ${reason}`, ...reasonLines(check)];
  return [
    `${source}: ${counted(rows, "row")} of ${kind}, ${count(rejected)} would be rejected`,
    `  ${formLine(check)}`,
    ...check.firstRows.map(({ line, row }) => `  line ${line} is read as ${JSON.stringify(row)}`),
    ...reasonLines(check),
    `  ${counted(check.storesKnown, "known store")}`,
    ...newStoreLines(check),
    ...check.notices.map(noticeLine),
    ...check.warnings.flatMap(warningLines),
  ];
}

function formLine({ form, columns, separator, encoding }: FileCheck): string {
  if (form !== "CSV") return `${form}, ${encoding}`;
  const read = columns.map(({ column, name }) => column === name ? column : `${column} from ${JSON.stringify(name)}`);
  return `${encoding}, separated by ${JSON.stringify(separator)}; columns: ${read.join(", ")}`;
}

function reasonLines({ rejectedByReason }: FileCheck): string[] {
  return rejectedByReason.map(({ column = "the row", reason, count: rows, firstLine }) =>
    `  ${counted(rows, "row")}, first line ${firstLine}: ${column} ${reason}`
  );
}

function newStoreLines({ storesNew, storesNewFirst }: Pick<ImportResult, "storesNew" | "storesNewFirst">): string[] {
  return storesNew === 0 ? [] : [`  ${counted(storesNew, "new store")}: ${storeLine(storesNew, storesNewFirst)}`];
}
