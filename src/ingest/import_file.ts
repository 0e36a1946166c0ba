import type { Sql, Transaction } from "../db/client.ts";
import { addRejects, finishImport, type ImportKind, type Reject, startImport } from "../db/imports.ts";
import { Months, vacuumPartitions } from "../db/partitions.ts";
import type { PollsTarget } from "../db/stage_polls.ts";
import { transaction } from "../db/transaction.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";
import type { Columns } from "./columns.ts";
import { type CsvRecord, readCsv } from "./csv.ts";
import { shown } from "./fault.ts";
import { readHeader } from "./header.ts";
import { type Intake, openIntake } from "./intake.ts";
import { type Notice, Notices } from "./notice.ts";
import { textBlocks } from "./text_blocks.ts";
import { unpack } from "./unpack.ts";

export interface ImportInput {
  /** Told by the header if not given. */
  readonly kind?: ImportKind | undefined;
  /** What to call the file: a path, or where an upload came from. */
  readonly source: string;
  readonly body: ReadableStream<Uint8Array>;
  /** They say which zones there are. */
  readonly rules: ZoneRules;
  /** Breaks the import off, unless the merge has begun. */
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

export interface ImportResult {
  readonly importId: string;
  readonly kind: ImportKind;
  readonly source: string;
  readonly bytes: number;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows of the database that were added, altered or removed. */
  readonly changed: number;
  /** The first {@linkcode FIRST_REJECTS} of them. */
  readonly rejects: readonly Reject[];
  readonly notices: readonly Notice[];
}

export const FIRST_REJECTS = 20;

/** Fewer new polls than this do not slow a report down. */
const WORTH_VACUUM = 10_000;

/** Large enough that round trips do not matter: 20,000 are no faster, and take 20 MB more. */
const BATCH = 5_000;

/**
 * Loads one CSV file, plain or gzipped, in one transaction: after an error or a crash nothing is changed. Memory stays
 * flat, however long the file: a batch is sent while the next one is read, and reading waits for sending.
 *
 * @throws {InputError} if the file as a whole cannot be taken in
 * @throws whatever the body throws that breaks off, or the database
 */
export async function importFile(sql: Sql, input: ImportInput): Promise<ImportResult> {
  const counter = { bytes: 0 };
  const batches = readCsv(textBlocks(unpack(counted(input, counter))));
  try {
    const { columns, first } = await readHeader(batches, input.kind);
    const target = { sql, months: new Months() };
    const result = await transaction(
      sql,
      (tx) => new Load(tx, input, { counter, target }).run(columns, first, batches),
    );
    if (result.changed >= WORTH_VACUUM) await vacuumPartitions(sql, target.months);
    return result;
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

/** What a load counts and learns on its way. */
interface LoadContext {
  readonly counter: { readonly bytes: number };
  readonly target: PollsTarget;
}

/** One file on its way into the database. */
class Load {
  readonly #tx: Transaction;
  readonly #input: ImportInput;
  readonly #counter: LoadContext["counter"];
  readonly #target: PollsTarget;
  readonly #importId = crypto.randomUUID();
  readonly #firstRejects: Reject[] = [];
  readonly #notices = new Notices();
  #rejects: Reject[] = [];
  #rows = 0;
  #rejected = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(tx: Transaction, input: ImportInput, { counter, target }: LoadContext) {
    this.#tx = tx;
    this.#input = input;
    this.#counter = counter;
    this.#target = target;
  }

  async run(columns: Columns, first: CsvRecord[], rest: AsyncIterator<CsvRecord[]>): Promise<ImportResult> {
    const { kind } = columns;
    await startImport(this.#tx, { importId: this.#importId, kind, source: shown(this.#input.source) });
    const { rules } = this.#input;
    const intake = await openIntake(this.#tx, columns, { target: this.#target, notices: this.#notices, rules });
    await this.#take(intake, first);
    for (let next = await rest.next(); !next.done; next = await rest.next()) await this.#take(intake, next.value);
    await this.#send(intake);
    await this.#sending;
    this.#report("merging");
    return await this.#finish(kind, await intake.merge());
  }

  async #take(intake: Intake, records: readonly CsvRecord[]): Promise<void> {
    for (const record of records) {
      const reject = intake.take(record);
      if (reject !== undefined) this.#reject(reject);
    }
    this.#rows += records.length;
    this.#report("reading");
    if (intake.waiting() >= BATCH || this.#rejects.length >= BATCH) await this.#send(intake);
  }

  #reject(reject: Reject): void {
    this.#rejected++;
    this.#rejects.push(reject);
    if (this.#firstRejects.length < FIRST_REJECTS) this.#firstRejects.push(reject);
  }

  /** Waits for the batch before, and lets this one travel while the next is read. */
  async #send(intake: Intake): Promise<void> {
    await this.#sending;
    const rejects = this.#rejects;
    this.#rejects = [];
    this.#sending = Promise.all([intake.send(), addRejects(this.#tx, this.#importId, rejects)]).then(() => {});
    // If reading fails first, nobody awaits it any more.
    this.#sending.catch(() => {});
  }

  async #finish(kind: ImportKind, changed: number): Promise<ImportResult> {
    const { bytes } = this.#counter;
    const counts = {
      bytes,
      rows: this.#rows,
      accepted: this.#rows - this.#rejected,
      rejected: this.#rejected,
      changed,
    };
    await finishImport(this.#tx, this.#importId, counts);
    return {
      importId: this.#importId,
      kind,
      source: this.#input.source,
      ...counts,
      rejects: this.#firstRejects,
      notices: this.#notices.list(),
    };
  }

  #report(phase: ImportProgress["phase"]): void {
    this.#input.onProgress?.({ bytes: this.#counter.bytes, rows: this.#rows, rejected: this.#rejected, phase });
  }
}
