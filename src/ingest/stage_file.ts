import type { Transaction } from "../db/connection/client.ts";
import { startImport } from "../db/imports/imports.ts";
import type { PollsTarget } from "../db/polls/stage_polls.ts";
import { pollLimits } from "../domain/polls/poll_limits.ts";
import type { Columns } from "./rows/columns.ts";
import type { CsvRecord } from "./text/csv_record.ts";
import { shown } from "./faults/fault.ts";
import type { ImportProgress, OpenFile } from "./input_file.ts";
import { InputError } from "./faults/input_error.ts";
import type { Intake } from "./intake.ts";
import { openIntake } from "./open_intake.ts";
import { DEFAULT_MAX_REJECTS } from "./max_rejects.ts";
import { type RowCounts, RowFlow } from "./row_flow.ts";

/** A file whose columns are known. */
export interface HeadedFile {
  readonly file: OpenFile;
  readonly columns: Columns;
  /** The records that came in one block with the header. */
  readonly first: CsvRecord[];
  readonly target: PollsTarget;
}

/** A file whose rows are in staging tables. */
export interface StagedFile {
  readonly intake: Intake;
  readonly counts: RowCounts;
  /** Why it cannot be taken in. */
  readonly failure: InputError | undefined;
}

/** What is said of the header as a whole. */
const HEADER_LINE = 1;

/** Reads all rows of a file into staging tables and rejects. The database itself is not changed yet. */
export async function stageFile(tx: Transaction, headed: HeadedFile): Promise<StagedFile> {
  const { file: { importId, input, notices }, columns, target } = headed;
  const { source, actor = "anonymous" } = input;
  await startImport(tx, { importId, kind: columns.kind, actor, source: shown(source) });
  for (const notice of columns.notices) notices.add(notice, HEADER_LINE);
  const limits = pollLimits(Date.now() * 1000, input.maxPollAhead);
  const intake = await openIntake(tx, columns, { ...input, actor, target, notices, limits });
  const flow = new RowFlow(tx, importId, intake);
  const { plain } = intake;
  if (plain !== undefined) headed.file.plain.take = (block) => plain.take(block);
  try {
    await readRows(flow, headed);
    flow.refuseTooMany(input.maxRejects ?? DEFAULT_MAX_REJECTS);
    return { intake, counts: flow.counts, failure: undefined };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { intake, counts: flow.counts, failure: error };
  }
}

async function readRows(flow: RowFlow, { file, first }: HeadedFile): Promise<void> {
  try {
    for (let records = first;;) {
      await flow.take(records);
      reportProgress(file, flow.counts, "reading");
      const next = await file.batches.next();
      if (next.done) break;
      records = next.value;
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
