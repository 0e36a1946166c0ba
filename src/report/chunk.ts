import type { ReportError } from "../db/chunks.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { StoreRange } from "../db/stores.ts";
import type { FleetUptime, StoreWeek } from "../domain/fleet.ts";
import type { Micros } from "../domain/interval.ts";
import type { MethodName } from "../domain/method.ts";

/** A run of stores, and all that is needed to compute their rows. Can be posted to a worker, or to another machine. */
export interface Chunk {
  /** From 1, in the order of store ids. */
  readonly number: number;
  readonly range: StoreRange;
  readonly snapshot: Snapshot;
  readonly asOf: Micros;
  readonly method: MethodName;
  readonly precision: number;
  /** The release of the zone rules by which the report is made. */
  readonly tzdata: string;
}

export interface ChunkResult {
  /** The chunk's lines of the report, in UTF-8. */
  readonly csv: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  readonly polls: number;
  readonly fleet: FleetUptime;
  readonly worst: readonly StoreWeek[];
  readonly errors: readonly ReportError[];
  readonly fetchMs: number;
  readonly computeMs: number;
  /** Which worker did it, from 1; 0 for this thread. */
  readonly worker: number;
}

/**
 * The seam of a report: whoever can turn a chunk into its result can take part, be it this thread, a Web Worker or another
 * machine.
 */
export type ComputeChunk = (chunk: Chunk) => Promise<ChunkResult>;

/** How many of the worst stores a report names. */
export const WORST_STORES = 20;
