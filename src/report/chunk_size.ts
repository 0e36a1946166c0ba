/** So many polls take 27 MB as columns, and about as much on their way. */
const MOST_POLLS = 3_000_000;

/** What a chunk's size follows from. */
export interface ChunkFacts {
  readonly stores: number;
  /** The polls that are read of all stores, as an estimate. */
  readonly polls: number;
  /** How many chunks are given out at a time. */
  readonly concurrency: number;
  /** As somebody set it; undefined: chosen here. */
  readonly chunkSize: number | undefined;
}

/** How many stores a chunk has. Fewer than wanted, down to one, if their polls are too many for the memory of a worker. */
export function storesPerChunk({ stores, polls, concurrency, chunkSize }: ChunkFacts): number {
  const wanted = chunkSize ?? chunkSizeFor(stores, concurrency);
  return Math.max(1, Math.min(wanted, Math.floor(MOST_POLLS * stores / Math.max(polls, 1))));
}

/**
 * Four chunks for each one in flight, so that none waits long for the last. At least 100 stores, below which round trips count; at most
 * 1,000, above which memory counts.
 */
function chunkSizeFor(stores: number, concurrency: number): number {
  return Math.min(Math.max(Math.ceil(stores / (concurrency * 4)), 100), 1_000);
}
