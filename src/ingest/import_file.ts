import type { Sql, Transaction } from "../db/connection/client.ts";
import {
  finishImport,
  type Import,
  type ImportKind,
  type ImportOutcome,
  type Reject,
  startImport,
} from "../db/imports/imports.ts";
import { settleMarks } from "../db/imports/marks.ts";
import { Months, vacuumPartitions } from "../db/polls/partitions.ts";
import { firstRejects } from "../db/imports/rejects.ts";
import type { PollsTarget } from "../db/polls/stage_polls.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { pollLimits } from "../domain/polls/poll_limits.ts";
import type { Actor } from "../domain/actor.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { rowsWithoutStore, type Warning } from "../domain/warning.ts";
import type { Columns } from "./rows/columns.ts";
import type { CsvRecord } from "./text/csv_record.ts";
import { FailedFile } from "./failed_file.ts";
import { shown } from "./faults/fault.ts";
import { FileForm } from "./text/file_form.ts";
import { readHeader, readTable } from "./rows/header.ts";
import { InputError } from "./faults/input_error.ts";
import { type Intake, openIntake } from "./intake.ts";
import { DEFAULT_MAX_REJECTS, type MaxRejects } from "./max_rejects.ts";
import { Notices } from "./faults/notice.ts";
import type { ReadOptions } from "./rows/read_options.ts";
import { RowFlow } from "./row_flow.ts";

export interface ImportInput extends ReadOptions {
  /** Told by the header if not given. */
  readonly kind?: ImportKind | undefined;
  /** The actor that loads the file; `anonymous` if not given. */
  readonly actor?: Actor | undefined;
  /** What to call the file: a path, or where an upload came from. */
  readonly source: string;
  readonly body: ReadableStream<Uint8Array>;
  /** They say which zones there are. */
  readonly rules: ZoneRules;
  /** How far ahead of the clock a poll may be, as an ISO 8601 duration. */
  readonly maxPollAhead?: string | undefined;
  /** Half of the rows if not given. */
  readonly maxRejects?: MaxRejects | undefined;
  /** Stops the import, unless the merge is in progress. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  /** How much of the body was read, before unpacking. */
  readonly bytes: number;
  readonly rows: number;
  readonly rejected: number;
  readonly phase: "reading" | "merging";
}

/** A file that was loaded. */
export interface ImportResult extends Import {
  readonly kind: ImportKind;
  /** The first {@linkcode FIRST_REJECTS} of them. */
  readonly rejects: readonly Reject[];
}

export const FIRST_REJECTS = 20;

/** What is said of the header as a whole. */
const HEADER_LINE = 1;

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
  const counter = { bytes: 0 };
  const notices = new Notices();
  const batches = readTable(counted(input, counter), new FileForm(notices));
  const load = { input, counter, notices, importId: crypto.randomUUID(), target: { sql, months: new Months() } };
  try {
    const { columns, first } = await readHeader(batches, input);
    const ended = await transaction(sql, (tx) => new Load(tx, load, columns).run(first, batches));
    if (ended instanceof FailedFile) throw ended;
    if (ended.changed >= WORTH_VACUUM) await vacuumPartitions(sql, load.target.months);
    return ended;
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof FailedFile) throw error;
    throw await transaction(sql, (tx) => recordUnread(tx, load, error));
  } finally {
    await batches.return(undefined);
  }
}

async function* counted({ body, signal }: ImportInput, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  const abortable = signal === undefined ? body : body.pipeThrough(new TransformStream(), { signal });
  for await (const chunk of abortable) {
    counter.bytes += chunk.length;
    yield chunk;
  }
}

/** What a load is given, counts and learns on its way. */
interface LoadContext {
  readonly importId: string;
  readonly input: ImportInput;
  readonly counter: { readonly bytes: number };
  readonly target: PollsTarget;
  readonly notices: Notices;
}

const NOTHING_READ = {
  rows: 0,
  accepted: 0,
  rejected: 0,
  rowsWithoutStore: 0,
  changed: 0,
  storesNew: 0,
  storesNewFirst: [],
  notices: [],
  warnings: [],
} as const;

/** Records a file of which not even the header could be used. */
async function recordUnread(tx: Transaction, load: LoadContext, error: InputError): Promise<FailedFile> {
  const { importId, input: { kind, source, actor = "anonymous" }, counter: { bytes } } = load;
  const outcome: ImportOutcome = { ...NOTHING_READ, state: "failed", bytes, reason: error.message };
  await startImport(tx, { importId, kind, actor, source: shown(source) });
  const times = await finishImport(tx, importId, outcome);
  return new FailedFile({ importId, kind, source, ...outcome, ...times }, error);
}

/** One file on its way into the database. */
class Load {
  readonly #tx: Transaction;
  readonly #load: LoadContext;
  readonly #columns: Columns;

  constructor(tx: Transaction, load: LoadContext, columns: Columns) {
    this.#tx = tx;
    this.#load = load;
    this.#columns = columns;
  }

  async run(first: CsvRecord[], rest: AsyncIterator<CsvRecord[]>): Promise<ImportResult | FailedFile> {
    const { importId, input, notices } = this.#load;
    const { source, maxPollAhead, maxRejects = DEFAULT_MAX_REJECTS, actor = "anonymous" } = input;
    for (const notice of this.#columns.notices) notices.add(notice, HEADER_LINE);
    const limits = pollLimits(Date.now() * 1000, maxPollAhead);
    await startImport(this.#tx, { importId, kind: this.#columns.kind, actor, source: shown(source) });
    const intake = await openIntake(this.#tx, this.#columns, { ...this.#load, ...this.#load.input, limits });
    const flow = new RowFlow(this.#tx, importId, intake);
    try {
      await this.#read(flow, first, rest);
      flow.refuseTooMany(maxRejects);
    } catch (error) {
      if (error instanceof InputError) return await this.#fail(flow, error);
      throw error;
    }
    this.#report(flow, "merging");
    return await this.#merge(flow, intake);
  }

  async #read(flow: RowFlow, first: CsvRecord[], rest: AsyncIterator<CsvRecord[]>): Promise<void> {
    try {
      for (let records = first;;) {
        await flow.take(records);
        this.#report(flow, "reading");
        const next = await rest.next();
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

  async #fail(flow: RowFlow, error: InputError): Promise<FailedFile> {
    const record = await this.#finish({
      ...NOTHING_READ,
      ...flow.counts,
      state: "failed",
      bytes: this.#load.counter.bytes,
      reason: error.message,
      notices: this.#load.notices.list(),
    });
    return new FailedFile(record, error);
  }

  async #merge(flow: RowFlow, intake: Intake): Promise<ImportResult> {
    const { importId, counter: { bytes } } = this.#load;
    const { kind } = this.#columns;
    const { counts } = flow;
    const changed = await intake.merge();
    const marked = await settleMarks(this.#tx, importId, kind);
    const { total, first } = intake.storesMade();
    const record = await this.#finish({
      ...counts,
      state: "loaded",
      reason: undefined,
      bytes,
      changed,
      accepted: counts.rows - counts.rejected,
      storesNew: total,
      storesNewFirst: first,
      notices: this.#load.notices.list(),
      warnings: [...marked, ...lostRows(kind, counts.rowsWithoutStore), ...intake.warnings()],
    });
    const rejects = counts.rejected === 0 ? [] : await firstRejects(this.#tx, importId, FIRST_REJECTS);
    return { ...record, kind, rejects };
  }

  async #finish(outcome: ImportOutcome): Promise<Import> {
    const { importId, input: { source } } = this.#load;
    const times = await finishImport(this.#tx, importId, outcome);
    return { importId, kind: this.#columns.kind, source, ...outcome, ...times };
  }

  #report({ counts: { rows, rejected } }: RowFlow, phase: ImportProgress["phase"]): void {
    this.#load.input.onProgress?.({ bytes: this.#load.counter.bytes, rows, rejected, phase });
  }
}

function lostRows(kind: ImportKind, rows: number): Warning[] {
  return rows === 0 ? [] : [rowsWithoutStore([{ kind, rows }])];
}
