import type { Sql, Transaction } from "../db/connection/client.ts";
import { dropStaging } from "../db/imports/checks.ts";
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
import { lockAhead } from "../db/imports/lock_ahead.ts";
import { rowsWithoutStore, type StoresTold, type Warning } from "../domain/warning.ts";
import { openParts } from "./documents/open_parts.ts";
import { FailedFile } from "./failed_file.ts";
import { shown } from "./faults/fault.ts";
import { InputError } from "./faults/input_error.ts";
import { type ImportInput, type OpenFile, openFile } from "./input_file.ts";
import { type FilePart, reportProgress, type StagedFile } from "./stage_file.ts";

/** A file that was loaded, or the first part of a document. */
export interface ImportResult extends Import {
  readonly kind: ImportKind;
  /** The first {@linkcode FIRST_REJECTS} of them. */
  readonly rejects: readonly Reject[];
  /** The other parts of a document, which were loaded with it. */
  readonly others: readonly ImportResult[];
}

export const FIRST_REJECTS = 20;

/** Fewer new polls than this do not slow a report down. */
const WORTH_VACUUM = 10_000;

/**
 * Loads one file, plain or gzipped, in one transaction: after an error or a crash nothing is changed. Memory stays flat, however
 * long a table: a batch is sent while the next one is read, and reading waits for sending. A document is read whole.
 *
 * @throws {FailedFile} if the file as a whole cannot be taken in; its record says why
 * @throws whatever the body throws that breaks off, or the database
 */
export async function importFile(sql: Sql, input: ImportInput): Promise<ImportResult> {
  const file = openFile(input);
  const target = { sql, months: new Months() };
  try {
    const parts = await openParts(file, target);
    const ended = await (parts.length === 1 ? loadAlone : loadTogether)(sql, parts);
    if (ended instanceof FailedFile) throw ended;
    if (ended.changed >= WORTH_VACUUM) await vacuumPartitions(sql, target.months);
    return ended;
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof FailedFile) throw error;
    throw await transaction(sql, (tx) => recordUnread(tx, file, error));
  } finally {
    await file.bytes.return(undefined);
  }
}

/** What a failed file did to the database. */
const NO_CHANGE = { accepted: 0, changed: 0, storesNew: 0, storesNewFirst: [], warnings: [] } as const;

/** Records a file of which not even the header could be used. */
async function recordUnread(tx: Transaction, file: OpenFile, failure: InputError): Promise<FailedFile> {
  const { importId, input: { kind, source, actor = "anonymous", seen } } = file;
  await startImport(tx, { importId, kind, actor, seen, source: shown(source) });
  return await fail(tx, { file, kind }, { counts: { rows: 0, rejected: 0, rowsWithoutStore: 0 }, failure });
}

async function loadAlone(sql: Sql, parts: readonly FilePart[]): Promise<ImportResult | FailedFile> {
  return await transaction(sql, async (tx) => await loadPart(tx, parts[0] ?? noPart()));
}

function noPart(): never {
  throw new Error("A file without parts was opened");
}

/** Loads all parts of a document, or none. */
async function loadTogether(sql: Sql, parts: readonly FilePart[]): Promise<ImportResult | FailedFile> {
  try {
    return await transaction(sql, async (tx) => {
      const made = await lockAhead(tx, parts.map(({ kind }) => kind), parts.flatMap(({ storeIds }) => storeIds));
      await dropStaging(tx);
      const loaded: ImportResult[] = [];
      for (const part of parts) {
        const result = await loadPart(tx, part, loaded.length === 0 ? made : undefined);
        if (result instanceof FailedFile) throw new PartFailed(part);
        loaded.push(result);
        await dropStaging(tx);
      }
      const [first = noPart(), ...others] = loaded;
      return { ...first, others };
    });
  } catch (error) {
    if (!(error instanceof PartFailed)) throw error;
    // The record of the part was rolled back with the parts before it.
    return await loadAlone(sql, [error.part]);
  }
}

class PartFailed extends Error {
  readonly part: FilePart;

  constructor(part: FilePart) {
    super(`The part ${part.kind} of the file failed`);
    this.part = part;
  }
}

/** @param made the stores that were made for all parts of the file */
async function loadPart(tx: Transaction, part: FilePart, made?: StoresTold): Promise<ImportResult | FailedFile> {
  const staged = await part.stage(tx);
  const { counts, failure } = staged;
  if (failure !== undefined) return await fail(tx, part, { counts, failure });
  reportProgress(part.file, counts, "merging");
  return await merge(tx, part, { ...staged, made });
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
  { file, kind }: FilePart,
  { intake, counts, made }: StagedFile & { readonly made: StoresTold | undefined },
): Promise<ImportResult> {
  const changed = await intake.merge();
  const marked = await updateMarks(tx, file.importId, kind);
  const { total, first } = made ?? intake.storesMade();
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
  return { ...record, rejects, others: [] };
}

async function recordLoad(
  tx: Transaction,
  { input: { actor = "anonymous", requestId, seen } }: OpenFile,
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
  await recordChange(tx, { actor, requestId, seen }, { action: "file.load", subject: importId, stores, after });
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
