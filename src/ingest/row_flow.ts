import type { Transaction } from "../db/connection/client.ts";
import type { ImportCounts } from "../db/imports/imports.ts";
import { addRejects } from "../db/imports/rejects.ts";
import type { StagedFault } from "../db/stores/staging.ts";
import { count, counted } from "../domain/counted.ts";
import type { CsvRecord } from "./text/csv_record.ts";
import { InputError } from "./faults/input_error.ts";
import type { Intake, RejectedRow } from "./intake.ts";
import { isTooMany, type MaxRejects, maxRejectsText } from "./max_rejects.ts";

/** Large enough that round trips do not matter: 20,000 are no faster, and take 20 MB more. */
const BATCH = 5_000;

export type RowCounts = Pick<ImportCounts, "rows" | "rejected" | "rowsWithoutStore">;

/** The rows of one file on their way into staging tables, in batches: one is sent while the next is read. */
export class RowFlow<Record = CsvRecord> {
  readonly #tx: Transaction;
  readonly #importId: string;
  readonly #intake: Intake<Record>;
  #rejects: RejectedRow[] = [];
  #firstReject: RejectedRow | undefined;
  #rows = 0;
  /** Rows with a fault of their own. */
  #bad = 0;
  /** Good rows that are rejected because of a bad one. */
  #others = 0;
  #rowsWithoutStore = 0;
  /** Plain rows of which all stores were sent. */
  #plainSent = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(tx: Transaction, importId: string, intake: Intake<Record>) {
    this.#tx = tx;
    this.#importId = importId;
    this.#intake = intake;
  }

  get counts(): RowCounts {
    return {
      rows: this.#rows + this.#plainRows,
      rejected: this.#bad + this.#others,
      rowsWithoutStore: this.#rowsWithoutStore,
    };
  }

  async take(records: readonly Record[]): Promise<void> {
    for (const record of records) {
      const reject = this.#intake.take(record);
      if (reject !== undefined) this.#reject(reject);
    }
    this.#rows += records.length;
    const waiting = this.#intake.waiting() + this.#plainRows - this.#plainSent;
    if (waiting >= BATCH || this.#rejects.length >= BATCH) await this.#send();
  }

  get #plainRows(): number {
    return this.#intake.plain?.rows ?? 0;
  }

  /** Sends what waits, and rejects rows that other rejected rows make useless. */
  async end(): Promise<void> {
    await this.#send();
    await this.#sending;
    this.#others = await this.#intake.rejectOthers(this.#importId);
  }

  /** @throws {InputError} if more rows have faults of their own than may have */
  refuseTooMany(max: MaxRejects): void {
    const [bad, { rows }] = [this.#bad, this.counts];
    if (this.#firstReject === undefined || !isTooMany(max, { bad, rows })) return;
    const { line, column = "the row", value = "", reason } = this.#firstReject;
    throw new InputError(
      `${count(bad)} of ${counted(rows, "row")} ${bad === 1 ? "is" : "are"} bad, more than the ${
        maxRejectsText(max)
      } that may be. Correct the file, or allow more bad rows. ` +
        `The first one, line ${line}: ${column} ${JSON.stringify(value)} ${reason}`,
    );
  }

  #reject(reject: RejectedRow): void {
    this.#bad++;
    this.#firstReject ??= reject;
    if (!reject.isForeign && (reject.storeId === undefined || this.#intake.isForAll(reject.storeId))) {
      this.#rowsWithoutStore++;
    }
    this.#rejects.push(reject);
  }

  /** Waits for the batch before, and lets this one travel while the next is read. */
  async #send(): Promise<void> {
    await this.#sending;
    const rejects = this.#rejects;
    this.#rejects = [];
    this.#plainSent = this.#plainRows;
    const faults = rejects.flatMap(({ storeId, line }): StagedFault[] =>
      storeId === undefined ? [] : [{ storeId, line }]
    );
    this.#sending = Promise.all([
      this.#intake.send(),
      this.#intake.addFaults(faults),
      addRejects(this.#tx, this.#importId, rejects),
    ]).then(() => {});
    // If reading fails first, this promise has no other handler.
    this.#sending.catch(() => {});
  }
}
