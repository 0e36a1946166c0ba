import { type CheckedStores, checkedStores, dropStaging, noteChecked, startChecks } from "../db/imports/checks.ts";
import type { Sql, Transaction } from "../db/connection/client.ts";
import type { ImportKind, Notice, Reject } from "../db/imports/imports.ts";
import { foreseeMarks } from "../db/imports/marks.ts";
import { Months } from "../db/polls/partitions.ts";
import { countReasons, firstRejects, type RejectReason } from "../db/imports/rejects.ts";
import { rolledBack } from "../db/postgres/transaction.ts";
import type { Warning } from "../domain/warning.ts";
import type { PollsTarget } from "../db/polls/stage_polls.ts";
import { openParts } from "./documents/open_parts.ts";
import type { CheckedColumn } from "./rows/columns.ts";
import { FIRST_REJECTS, lostRows } from "./import_file.ts";
import { InputError } from "./faults/input_error.ts";
import { type ImportInput, type OpenFile, openFile } from "./input_file.ts";
import type { RowCounts } from "./row_flow.ts";
import type { ShownRow } from "./shown_rows.ts";
import type { FilePart } from "./stage_file.ts";

/** What loading a file would do. */
export interface FileCheck extends RowCounts, Omit<CheckedStores, "gaps"> {
  readonly source: string;
  /** The place of the file among those that are checked together, from 0. A document has several parts. */
  readonly file: number;
  readonly form: "CSV" | "JSON" | "iCalendar";
  /** Undefined if the header does not tell it. */
  readonly kind: ImportKind | undefined;
  /** Why the file would fail; undefined if it would be loaded. */
  readonly reason: string | undefined;
  /** Empty if it is no table. */
  readonly separator: string;
  readonly encoding: string;
  readonly columns: readonly CheckedColumn[];
  readonly firstRows: readonly ShownRow[];
  readonly rejectedByReason: readonly RejectReason[];
  readonly rejects: readonly Reject[];
  readonly notices: readonly Notice[];
  readonly warnings: readonly Warning[];
}

/** How many reasons are shown. */
const REASONS = 20;

/**
 * Reads files as a load would, says what it would do, and keeps nothing. Files that are checked together count together: a
 * store of one has hours if another one brings them.
 *
 * @throws whatever a body throws that breaks off, or the database
 */
export async function checkFiles(
  sql: Sql,
  inputs: AsyncIterable<ImportInput> | Iterable<ImportInput>,
): Promise<FileCheck[]> {
  return await rolledBack(sql, async (tx) => {
    await startChecks(tx);
    const read: ReadFile[] = [];
    const target = { sql, months: new Months() };
    let file = 0;
    for await (const input of inputs) {
      read.push(...await readFile(tx, openFile(input), { file: file++, first: read.length, target }));
    }
    return await Promise.all(read.map(async (part, number): Promise<FileCheck> => {
      const { gaps, ...stores } = await checkedStores(tx, number);
      return { ...part, ...stores, warnings: [...part.warnings, ...gaps] };
    }));
  });
}

/** What is known of a file, or of a part of it, before the others are read. */
type ReadFile = Omit<FileCheck, keyof CheckedStores>;

interface CheckContext {
  /** The file's place among those that are checked together. */
  readonly file: number;
  /** The number of its first part among all parts. */
  readonly first: number;
  readonly target: PollsTarget;
}

async function readFile(tx: Transaction, file: OpenFile, context: CheckContext): Promise<ReadFile[]> {
  try {
    const read: ReadFile[] = [];
    for (const part of await openParts(file, context.target)) {
      read.push(await readPart(tx, part, { ...context, first: context.first + read.length }));
    }
    return read.map((part) => ({ ...part, reason: part.reason ?? otherFailure(read) }));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [unreadable(file, context, error)];
  } finally {
    await file.bytes.return(undefined);
  }
}

/** A document is loaded whole or not at all. */
function otherFailure(parts: readonly ReadFile[]): string | undefined {
  const failed = parts.find(({ reason }) => reason !== undefined);
  return failed && `Nothing of the file would be loaded, because its ${failed.kind} would fail`;
}

function unreadable(file: OpenFile, { file: place }: CheckContext, { message }: InputError): ReadFile {
  const nothing = { rows: 0, rejected: 0, rowsWithoutStore: 0 };
  const lists = { columns: [], firstRows: [], rejectedByReason: [], rejects: [], warnings: [] };
  return { ...formOf(file, place), kind: file.input.kind, reason: message, ...nothing, ...lists };
}

type FileForm = Pick<FileCheck, "source" | "file" | "form" | "separator" | "encoding" | "notices">;

function formOf({ input: { source }, form, notices }: OpenFile, file: number): FileForm {
  const { documentForm, separator, encoding } = form;
  const isTable = documentForm === undefined;
  return {
    source,
    file,
    form: documentForm ?? "CSV",
    separator: isTable ? separator : "",
    encoding,
    notices: notices.list(),
  };
}

async function readPart(tx: Transaction, part: FilePart, { file, first }: CheckContext): Promise<ReadFile> {
  const { file: { importId }, kind, columns } = part;
  const { intake, counts, failure } = await part.stage(tx);
  const marks = failure === undefined ? await foreseeMarks(tx, kind) : [];
  if (failure === undefined) await noteChecked(tx, first, intake.staging);
  await dropStaging(tx);
  return {
    ...counts,
    ...formOf(part.file, file),
    kind,
    reason: failure?.message,
    columns,
    firstRows: intake.firstRows(),
    rejectedByReason: await countReasons(tx, importId, REASONS),
    rejects: await firstRejects(tx, importId, FIRST_REJECTS),
    warnings: [...marks, ...lostRows(kind, counts.rowsWithoutStore), ...intake.warnings()],
  };
}
