import type { Sql } from "../db/connection/client.ts";
import { type ReportRun, saveProgress } from "../db/reports/report_run.ts";
import type { Micros } from "../domain/time/interval.ts";
import { ReportLost } from "./failure.ts";

export type OnProgress = (progress: { storesDone: number; storesTotal: number }) => void;

/** The run whose stores are counted, and what else the count goes to. */
export interface CountedRun {
  readonly sql: Sql;
  readonly run: ReportRun;
  readonly onProgress?: OnProgress | undefined;
}

/** Often enough to look alive, seldom enough to cost nothing. */
const INTERVAL_MS = 100;

/** Counts the stores that are done, and keeps the count in the report's row. */
export class ReportProgress {
  readonly #sql: Sql;
  readonly #run: ReportRun;
  readonly #fixed: { asOf: Micros; storesTotal: number };
  readonly #onProgress: OnProgress | undefined;
  #storesDone = 0;
  #savedAt = 0;

  constructor({ sql, run, onProgress }: CountedRun, fixed: { asOf: Micros; storesTotal: number }) {
    this.#sql = sql;
    this.#run = run;
    this.#fixed = fixed;
    this.#onProgress = onProgress;
  }

  /** @throws {ReportLost} if the report was cancelled, deleted or started by another run */
  async add(stores: number): Promise<void> {
    this.#storesDone += stores;
    this.#onProgress?.({ storesDone: this.#storesDone, storesTotal: this.#fixed.storesTotal });
    if (performance.now() - this.#savedAt >= INTERVAL_MS) await this.save();
  }

  /** @throws {ReportLost} if the report was cancelled, deleted or started by another run */
  async save(): Promise<void> {
    this.#savedAt = performance.now();
    const isOurs = await saveProgress(this.#sql, this.#run, { ...this.#fixed, storesDone: this.#storesDone });
    if (!isOurs) throw new ReportLost(`Report ${this.#run.reportId} belongs to another run now`);
  }
}
