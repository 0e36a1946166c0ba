import type { Sql, Transaction } from "../db/connection/client.ts";
import {
  finishImport,
  type Import,
  type ImportKind,
  type ImportOutcome,
  type Reject,
  startImport,
} from "../db/imports/imports.ts";
import { type AuditedStores, recordChange } from "../db/audit/audit.ts";
import { concernedStores } from "../db/imports/concerned_stores.ts";
import { updateMarks } from "../db/imports/marks.ts";
import { Months, vacuumPartitions } from "../db/polls/partitions.ts";
import { firstRejects } from "../db/imports/rejects.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { rowsWithoutStore, type Warning } from "../domain/warning.ts";
import { FailedFile } from "./failed_file.ts";
import { shown } from "./faults/fault.ts";
import { readHeader } from "./rows/header.ts";
import { InputError } from "./faults/input_error.ts";
import { type ImportInput, type OpenFile, openFile } from "./input_file.ts";
import { type HeadedFile, reportProgress, type StagedFile, stageFile } from "./stage_file.ts";

/** A file that was loaded. */
export interface ImportResult extends Import {
  readonly kind: ImportKind;
  /** The first {@linkcode FIRST_REJECTS} of them. */
  readonly rejects: readonly Reject[];
}

export const FIRST_REJECTS = 20;

/** Fewer new polls than this do not slow a report down. */
const WORTH_VACUUM = 10_000;

/**
 * Loads one CSV file, plain or gzipped, in one transaction: after an error or a crash nothing is changed. Memory stays
 * flat, however long the file: a batch is sent while the next one is read, and reading waits for sending.
 *
 * @throws {FailedFile} if the file as a whole cannot be taken in; its record says why
 * @throws whatever the body throws that breaks off, or the database
 */
export async function importFile(sql: Sql, input: ImportInput): Promise<ImportResult> {
  const file = openFile(input);
  const target = { sql, months: new Months() };
  try {
    const { columns, first } = await readHeader(file.batches, input);
    const ended = await transaction(sql, (tx) => loadRows(tx, { file, columns, first, target }));
    if (ended instanceof FailedFile) throw ended;
    if (ended.changed >= WORTH_VACUUM) await vacuumPartitions(sql, target.months);
    return ended;
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof FailedFile) throw error;
    throw await transaction(sql, (tx) => recordUnread(tx, file, error));
  } finally {
    await file.batches.return(undefined);
  }
}

/** What a failed file did to the database. */
const NO_CHANGE = { accepted: 0, changed: 0, storesNew: 0, storesNewFirst: [], warnings: [] } as const;

/** Records a file of which not even the header could be used. */
async function recordUnread(tx: Transaction, file: OpenFile, failure: InputError): Promise<FailedFile> {
  const { importId, input: { kind, source, actor = "anonymous" } } = file;
  await startImport(tx, { importId, kind, actor, source: shown(source) });
  return await fail(tx, { file, kind }, { counts: { rows: 0, rejected: 0, rowsWithoutStore: 0 }, failure });
}

async function loadRows(tx: Transaction, headed: HeadedFile): Promise<ImportResult | FailedFile> {
  const staged = await stageFile(tx, headed);
  const { counts, failure } = staged;
  const { file, columns: { kind } } = headed;
  if (failure !== undefined) return await fail(tx, { file, kind }, { counts, failure });
  reportProgress(file, counts, "merging");
  return await merge(tx, headed, staged);
}

/** A file, and its kind as far as it is known. */
interface Kinded<Kind extends ImportKind | undefined> {
  readonly file: OpenFile;
  readonly kind: Kind;
}

async function fail(
  tx: Transaction,
  { file, kind }: Kinded<ImportKind | undefined>,
  { counts, failure }: Pick<StagedFile, "counts"> & { readonly failure: InputError },
): Promise<FailedFile> {
  const outcome = { ...NO_CHANGE, ...counts, status: "failed", reason: failure.message } as const;
  return new FailedFile(await finish(tx, { file, kind }, outcome), failure);
}

async function merge(
  tx: Transaction,
  { file, columns: { kind } }: HeadedFile,
  staged: StagedFile,
): Promise<ImportResult> {
  const { intake, counts } = staged;
  const changed = await intake.merge();
  const marked = await updateMarks(tx, file.importId, kind);
  const { total, first } = intake.storesMade();
  const stores = await concernedStores(tx, intake.staging);
  const record = await finish(tx, { file, kind }, {
    ...counts,
    status: "loaded",
    reason: undefined,
    changed,
    accepted: counts.rows - counts.rejected,
    storesNew: total,
    storesNewFirst: first,
    warnings: [...marked, ...lostRows(kind, counts.rowsWithoutStore), ...intake.warnings()],
  });
  await recordLoad(tx, file, { record, stores });
  const rejects = counts.rejected === 0 ? [] : await firstRejects(tx, file.importId, FIRST_REJECTS);
  return { ...record, rejects };
}

async function recordLoad(
  tx: Transaction,
  { input: { actor = "anonymous", requestId } }: OpenFile,
  { record, stores }: { readonly record: Import; readonly stores: AuditedStores },
): Promise<void> {
  const { importId, kind, rows, accepted, rejected, changed, storesNew } = record;
  const after = {
    kind,
    source: record.source,
    rows,
    accepted,
    rejected,
    changed,
    stores_new: storesNew,
  };
  await recordChange(tx, { actor, requestId }, { action: "file.load", subject: importId, stores, after });
}

async function finish<Kind extends ImportKind | undefined>(
  tx: Transaction,
  { file, kind }: Kinded<Kind>,
  outcome: Omit<ImportOutcome, "bytes" | "notices">,
): Promise<Import & { readonly kind: Kind }> {
  const { importId, input: { source }, counter: { bytes }, notices } = file;
  const whole = { ...outcome, bytes, notices: notices.list() };
  const times = await finishImport(tx, importId, whole);
  return { importId, kind, source, ...whole, ...times };
}

/** A warning if rows were rejected whose store cannot be read. */
export function lostRows(kind: ImportKind, rows: number): Warning[] {
  return rows === 0 ? [] : [rowsWithoutStore([{ kind, rows }])];
}
