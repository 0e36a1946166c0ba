import type { ReportError } from "../db/reports/chunks.ts";
import type { Snapshot } from "../db/postgres/snapshot.ts";
import type { StoreRange } from "../db/stores/stores.ts";
import type { ResolvedRequest } from "../domain/report_request.ts";
import type { InputSums } from "../domain/fingerprints/store_fingerprints.ts";
import type { Totals } from "../domain/measures/totals.ts";
import type { Micros } from "../domain/time/interval.ts";

/** A run of stores, and all that is needed to measure them. Can be posted to a worker, or to another machine. */
export interface Chunk {
  /** From 1, in the order of store ids. */
  readonly number: number;
  readonly range: StoreRange;
  readonly snapshot: Snapshot;
  readonly request: ResolvedRequest;
  /** The release of the zone rules by which the report is made. */
  readonly tzdata: string;
}

export interface ChunkResult {
  /** The chunk's part of the result file. */
  readonly batch: Uint8Array<ArrayBuffer>;
  /** The chunk's lines of the classic CSV, in UTF-8. Undefined if the request lacks one of the three classic windows. */
  readonly csv: Uint8Array<ArrayBuffer> | undefined;
  readonly rows: number;
  readonly polls: number;
  readonly totals: Totals;
  /** What the rows depend on. */
  readonly inputs: InputSums;
  /** When the last window of any of the stores ends that is not empty; -∞ if all are empty. */
  readonly latestEnd: Micros;
  readonly errors: readonly ReportError[];
  readonly fetchMs: number;
  readonly computeMs: number;
  /** Which worker did it, from 1; 0 for this thread. */
  readonly worker: number;
}

/**
 * The seam of a report: whatever turns a chunk into its result can take part, be it this thread, a Web Worker or another
 * machine.
 */
export type ComputeChunk = (chunk: Chunk) => Promise<ChunkResult>;
