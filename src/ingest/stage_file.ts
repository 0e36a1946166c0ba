import type { Transaction } from "../db/connection/client.ts";
import { type ImportKind, startImport } from "../db/imports/imports.ts";
import type { NoticeKind } from "./faults/notice.ts";
import { shown } from "./faults/fault.ts";
import { InputError } from "./faults/input_error.ts";
import type { ImportProgress, OpenFile } from "./input_file.ts";
import type { Intake, StagedRows } from "./intake.ts";
import { DEFAULT_MAX_REJECTS } from "./max_rejects.ts";
import type { CheckedColumn } from "./rows/columns.ts";
import { type RowCounts, RowFlow } from "./row_flow.ts";

/** The rows of one kind that a file has. A table has one part, a document one for each kind. */
export interface FilePart {
  /** With a record and notices of its own. */
  readonly file: OpenFile;
  readonly kind: ImportKind;
  readonly columns: readonly CheckedColumn[];
  /** The stores that it names, if they are known before its rows are read. */
  readonly storeIds: readonly string[];
  /** Reads all rows into staging tables and rejects. The database itself is not changed yet. */
  stage(tx: Transaction): Promise<StagedFile>;
}

/** A file whose rows are in staging tables. */
export interface StagedFile {
  readonly intake: StagedRows;
  readonly counts: RowCounts;
  /** Why it cannot be taken in. */
  readonly failure: InputError | undefined;
}

/** The rows of a part, and the way that they take. */
export interface StagedSource<Record> {
  readonly file: OpenFile;
  readonly kind: ImportKind;
  /** What is said of the header. */
  readonly notices: readonly NoticeKind[];
  readonly open: (tx: Transaction) => Promise<Intake<Record>>;
  readonly batches: () => AsyncIterable<readonly Record[]>;
}

/** What is said of the header as a whole. */
const HEADER_LINE = 1;

export async function stageRows<Record>(tx: Transaction, source: StagedSource<Record>): Promise<StagedFile> {
  const { file: { importId, input, notices }, kind } = source;
  await startImport(tx, {
    importId,
    kind,
    actor: input.actor ?? "anonymous",
    seen: input.seen,
    source: shown(input.source),
  });
  for (const notice of source.notices) notices.add(notice, HEADER_LINE);
  const intake = await source.open(tx);
  const flow = new RowFlow(tx, importId, intake);
  try {
    await readRows(flow, source);
    flow.refuseTooMany(input.maxRejects ?? DEFAULT_MAX_REJECTS);
    return { intake, counts: flow.counts, failure: undefined };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { intake, counts: flow.counts, failure: error };
  }
}

async function readRows<Record>(flow: RowFlow<Record>, { file, batches }: StagedSource<Record>): Promise<void> {
  try {
    for await (const records of batches()) {
      await flow.take(records);
      reportProgress(file, flow.counts, "reading");
    }
  } catch (error) {
    // What was read so far belongs to the record of a file that fails.
    if (error instanceof InputError) await flow.end();
    throw error;
  }
  await flow.end();
}

export function reportProgress(
  { input, counter: { bytes } }: OpenFile,
  { rows, rejected }: RowCounts,
  phase: ImportProgress["phase"],
): void {
  input.onProgress?.({ bytes, rows, rejected, phase });
}
