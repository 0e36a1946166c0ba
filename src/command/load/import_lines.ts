import type { Notice, Reject } from "../../db/imports/imports.ts";
import { count, counted } from "../../domain/counted.ts";
import type { ImportResult } from "../../ingest/import_file.ts";
import { storeLine, warningLines } from "../report/warning_lines.ts";

const REJECTS_SHOWN = 5;

/** What became of a file, for people. */
export function resultLines(result: ImportResult, ms: number): string[] {
  const { source, kind, rows, accepted, rejected, changed, rejects, importId } = result;
  const [all, good, bad, altered, rate] = [rows, accepted, rejected, changed, rows / (ms / 1000)]
    .map((number) => count(Math.round(number)));
  const seconds = (ms / 1000).toFixed(2);
  return [
    `${source}: ${all} rows of ${kind}, ${good} accepted, ${bad} rejected, ${altered} changed, ${seconds} s, ${rate} rows/s`,
    ...rejects.slice(0, REJECTS_SHOWN).map((reject) => `  ${rejectLine(reject)}`),
    ...rejectsHint(rejected, importId),
    ...newStoreLines(result),
    ...result.notices.map(noticeLine),
    ...result.warnings.flatMap(warningLines),
  ];
}

/** How to list all rejected rows, if there are any. */
export function rejectsHint(rejected: number, importId: string): string[] {
  return rejected > 0 ? [`  all rejected rows as CSV: deno task load --rejects ${importId}`] : [];
}

export function rejectLine({ line, column, value, reason }: Reject): string {
  return `line ${line}: ${column === undefined ? "the row" : column} ${JSON.stringify(value ?? "")} ${reason}`;
}

export function noticeLine({ message, count, firstLine }: Notice): string {
  return `  notice: ${message}: ${counted(count, "time")}, first on line ${firstLine}`;
}

function newStoreLines({ storesNew, storesNewFirst }: ImportResult): string[] {
  return storesNew === 0 ? [] : [`  ${counted(storesNew, "new store")}: ${storeLine(storesNew, storesNewFirst)}`];
}
