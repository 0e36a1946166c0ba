import { type CheckedStores, checkedStores, dropStaging, noteChecked, startChecks } from "../db/imports/checks.ts";
import type { Sql, Transaction } from "../db/connection/client.ts";
import type { ImportKind, Notice, Reject } from "../db/imports/imports.ts";
import { foreseeMarks } from "../db/imports/marks.ts";
import { Months } from "../db/polls/partitions.ts";
import { countReasons, firstRejects, type RejectReason } from "../db/imports/rejects.ts";
import { rolledBack } from "../db/postgres/transaction.ts";
import type { Warning } from "../domain/warning.ts";
import type { PollsTarget } from "../db/polls/stage_polls.ts";
import { type CheckedColumn, columnsRead } from "./rows/columns.ts";
import { readHeader } from "./rows/header.ts";
import { FIRST_REJECTS, lostRows } from "./import_file.ts";
import { InputError } from "./faults/input_error.ts";
import { type ImportInput, type OpenFile, openFile } from "./input_file.ts";
import type { RowCounts } from "./row_flow.ts";
import type { ShownRow } from "./shown_rows.ts";
import { type HeadedFile, stageFile } from "./stage_file.ts";

/** What loading a file would do. */
export interface FileCheck extends RowCounts, Omit<CheckedStores, "gaps"> {
  readonly source: string;
  /** Undefined if the header does not tell it. */
  readonly kind: ImportKind | undefined;
  /** Why the file would fail; undefined if it would be loaded. */
  readonly reason: string | undefined;
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
    for await (const input of inputs) {
      read.push(await readFile(tx, openFile(input), { number: read.length, target: { sql, months: new Months() } }));
    }
    return await Promise.all(read.map(async (file, number): Promise<FileCheck> => {
      const { gaps, ...stores } = await checkedStores(tx, number);
      return { ...file, ...stores, warnings: [...file.warnings, ...gaps] };
    }));
  });
}

/** What is known of a file before the others are read. */
type ReadFile = Omit<FileCheck, keyof CheckedStores>;

interface CheckContext {
  /** The file's place among those that are checked together. */
  readonly number: number;
  readonly target: PollsTarget;
}

async function readFile(tx: Transaction, file: OpenFile, context: CheckContext): Promise<ReadFile> {
  try {
    const { columns, first } = await readHeader(file.batches, file.input);
    return await readRows(tx, { file, columns, first, target: context.target }, context.number);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unreadable(file, error);
  } finally {
    await file.batches.return(undefined);
  }
}

function unreadable({ input: { source, kind }, form, notices }: OpenFile, { message }: InputError): ReadFile {
  const nothing = { rows: 0, rejected: 0, rowsWithoutStore: 0 };
  const lists = { columns: [], firstRows: [], rejectedByReason: [], rejects: [], warnings: [] };
  return {
    source,
    kind,
    separator: form.separator,
    encoding: form.encoding,
    reason: message,
    ...nothing,
    ...lists,
    notices: notices.list(),
  };
}

async function readRows(tx: Transaction, headed: HeadedFile, number: number): Promise<ReadFile> {
  const { file: { importId, input, form, notices }, columns } = headed;
  const { intake, counts, failure } = await stageFile(tx, headed);
  const marks = failure === undefined ? await foreseeMarks(tx, columns.kind) : [];
  if (failure === undefined) await noteChecked(tx, number, intake.staging);
  await dropStaging(tx);
  return {
    ...counts,
    source: input.source,
    kind: columns.kind,
    reason: failure?.message,
    separator: form.separator,
    encoding: form.encoding,
    columns: columnsRead(columns),
    firstRows: intake.firstRows(),
    rejectedByReason: await countReasons(tx, importId, REASONS),
    rejects: await firstRejects(tx, importId, FIRST_REJECTS),
    notices: notices.list(),
    warnings: [...marks, ...lostRows(columns.kind, counts.rowsWithoutStore), ...intake.warnings()],
  };
}
