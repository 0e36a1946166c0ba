import type { ChunkRecord, ReportError } from "../../db/reports/chunks.ts";
import { addInputs, type InputSums, NO_INPUTS } from "../../domain/fingerprints/store_fingerprints.ts";
import { ResultColumns } from "../../domain/measures/result.ts";
import { addTotals, type Totals, totalsOf } from "../../domain/measures/totals.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { CLASSIC_HEADER } from "../../export/classic_csv.ts";
import type { ChunkResult } from "../chunk.ts";
import type { ReportFile } from "./report_file.ts";
import { resultFrame } from "./result_file.ts";

/** A chunk that is done. */
export interface Arrived {
  readonly result: ChunkResult;
  readonly attempts: number;
  /** When it was given out, by `performance.now()`. */
  readonly begunAt: number;
}

/** The files that chunks are written to. */
interface ChunkFiles {
  readonly result: ReportFile;
  /** Undefined if the report has no classic CSV. */
  readonly csv: ReportFile | undefined;
}

/** Writes chunks in the order of their numbers, whatever the order in which they arrive, and adds up what they say. */
export class ReportWriter {
  readonly chunks: ChunkRecord[] = [];
  readonly errors: ReportError[] = [];
  readonly #files: ChunkFiles;
  readonly #frame: ReturnType<typeof resultFrame>;
  readonly #begunAt = performance.now();
  readonly #early = new Map<number, Arrived>();
  #writing: Promise<void> = Promise.resolve();
  #rows = 0;
  #latestEnd = -Infinity;
  #totals: Totals;
  #inputs = NO_INPUTS;

  constructor(files: ChunkFiles, windows: readonly WindowName[]) {
    this.#files = files;
    this.#frame = resultFrame(windows);
    // Of no stores, as long as no chunk is there.
    this.#totals = totalsOf(new ResultColumns(windows, 0));
  }

  async begin(): Promise<void> {
    await this.#files.result.write(this.#frame.head);
    await this.#files.csv?.write(new TextEncoder().encode(CLASSIC_HEADER));
  }

  /** Ends the files, once all chunks are written. */
  async end(): Promise<void> {
    await this.#files.result.write(this.#frame.end);
  }

  /** Takes a chunk's result; it is written once all chunks before it are. */
  add(number: number, arrived: Arrived): Promise<void> {
    this.#early.set(number, arrived);
    this.#writing = this.#writing.then(() => this.#writeNext());
    return this.#writing;
  }

  /** When the last window of any store ends that is not empty; -∞ if all are empty. */
  get latestEnd(): Micros {
    return this.#latestEnd;
  }

  sums(): { rows: number; totals: Totals } {
    return { rows: this.#rows, totals: this.#totals };
  }

  /** What all rows depend on. */
  get inputs(): InputSums {
    return this.#inputs;
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
    await this.#files.result.write(result.batch);
    if (result.csv !== undefined) await this.#files.csv?.write(result.csv);
    const { worker, polls, rows, fetchMs, computeMs } = result;
    this.#rows += rows;
    this.#latestEnd = Math.max(this.#latestEnd, result.latestEnd);
    this.#totals = addTotals(this.#totals, result.totals);
    this.#inputs = addInputs(this.#inputs, result.inputs);
    this.errors.push(...result.errors);
    const stores = rows + result.errors.length;
    const writeMs = performance.now() - writeBegunAt;
    const waitMs = Math.max(0, writeBegunAt - begunAt - fetchMs - computeMs);
    const begunMs = begunAt - this.#begunAt;
    this.chunks.push({ number, worker, attempts, stores, polls, begunMs, waitMs, fetchMs, computeMs, writeMs });
  }
}
