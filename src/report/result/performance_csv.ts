import type { ChunkRecord } from "../../db/reports/chunks.ts";

const HEADER = "chunk,worker,stores,polls,fetch_ms,compute_ms,write_ms\n";

/** The performance CSV: a line per chunk, milliseconds with three digits. */
export function performanceCsv(chunks: readonly ChunkRecord[]): Uint8Array {
  const lines = chunks.map(({ number, worker, stores, polls, fetchMs, computeMs, writeMs }) => {
    const times = [fetchMs, computeMs, writeMs].map((ms) => ms.toFixed(3));
    return [number, worker, stores, polls, ...times].join(",") + "\n";
  });
  return new TextEncoder().encode(HEADER + lines.join(""));
}
