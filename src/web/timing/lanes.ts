import type { ChunkRecord } from "../../db/reports/chunks.ts";

/** A line of the chart: chunks of one worker that do not overlap. */
export interface Lane {
  readonly worker: number;
  readonly chunks: ChunkRecord[];
}

/** How long a chunk took, from being given out to being written. */
export function lengthOf({ waitMs, fetchMs, computeMs, writeMs }: ChunkRecord): number {
  return waitMs + fetchMs + computeMs + writeMs;
}

export function endOf(chunk: ChunkRecord): number {
  return chunk.begunMs + lengthOf(chunk);
}

/** Puts each chunk into the first lane of its worker that is free by then: a worker has more than one at a time. */
export function lanesOf(chunks: readonly ChunkRecord[]): Lane[] {
  const lanes: Lane[] = [];
  for (const chunk of chunks.toSorted((a, b) => a.begunMs - b.begunMs)) {
    const free = lanes.find(({ worker, chunks }) => worker === chunk.worker && isOver(chunks.at(-1), chunk.begunMs));
    if (free === undefined) lanes.push({ worker: chunk.worker, chunks: [chunk] });
    else free.chunks.push(chunk);
  }
  return lanes.sort((a, b) => a.worker - b.worker);
}

function isOver(chunk: ChunkRecord | undefined, at: number): boolean {
  return chunk === undefined || endOf(chunk) <= at;
}
