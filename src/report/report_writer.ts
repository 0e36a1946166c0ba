import type { ChunkRecord, ReportError } from "../db/chunks.ts";
import { REPORT_HEADER } from "../domain/csv_row.ts";
import { type FleetUptime, NO_STORES, type StoreWeek, sumFleets, worst } from "../domain/fleet.ts";
import { type ChunkResult, WORST_STORES } from "./chunk.ts";
import type { ReportFile } from "./report_file.ts";

/** A chunk that is done. */
export interface Arrived {
  readonly result: ChunkResult;
  readonly attempts: number;
  /** When it was given out, by `performance.now()`. */
  readonly begunAt: number;
}

/** Writes chunks in the order of their numbers, whatever the order in which they arrive, and adds up what they say. */
export class ReportWriter {
  readonly chunks: ChunkRecord[] = [];
  readonly errors: ReportError[] = [];
  worst: readonly StoreWeek[] = [];
  readonly #file: ReportFile;
  readonly #begunAt = performance.now();
  readonly #early = new Map<number, Arrived>();
  #writing: Promise<void> = Promise.resolve();
  #rows = 0;
  #fleet: FleetUptime = NO_STORES;

  constructor(file: ReportFile) {
    this.#file = file;
  }

  async begin(): Promise<void> {
    await this.#file.write(new TextEncoder().encode(REPORT_HEADER));
  }

  /** Takes a chunk's result; it is written once all chunks before it are. */
  add(number: number, arrived: Arrived): Promise<void> {
    this.#early.set(number, arrived);
    this.#writing = this.#writing.then(() => this.#writeNext());
    return this.#writing;
  }

  totals(): { rows: number; fleet: FleetUptime } {
    return { rows: this.#rows, fleet: this.#fleet };
  }

  async #writeNext(): Promise<void> {
    for (;;) {
      const number = this.chunks.length + 1;
      const next = this.#early.get(number);
      if (next === undefined) return;
      this.#early.delete(number);
      await this.#write(number, next);
    }
  }

  async #write(number: number, { result, attempts, begunAt }: Arrived): Promise<void> {
    const writeBegunAt = performance.now();
    await this.#file.write(result.csv);
    const { worker, polls, rows, fetchMs, computeMs } = result;
    this.#rows += rows;
    this.#fleet = sumFleets(this.#fleet, result.fleet);
    this.worst = worst([...this.worst, ...result.worst], WORST_STORES);
    this.errors.push(...result.errors);
    const stores = rows + result.errors.length;
    const writeMs = performance.now() - writeBegunAt;
    const waitMs = Math.max(0, writeBegunAt - begunAt - fetchMs - computeMs);
    const begunMs = begunAt - this.#begunAt;
    this.chunks.push({ number, worker, attempts, stores, polls, begunMs, waitMs, fetchMs, computeMs, writeMs });
  }
}
