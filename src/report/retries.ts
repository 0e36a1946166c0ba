import { isLostConnection } from "../db/connection/lost_connection.ts";
import type { Log } from "../log.ts";
import type { Chunk, ChunkResult, ComputeChunk } from "./chunk.ts";
import { ReportFailure } from "./failure.ts";

const MOST_ATTEMPTS = 3;

/**
 * Computes a chunk, and again if that fails.
 *
 * @throws {ReportFailure} if it failed three times
 * @throws {Error} if Postgres went away: the report has to start again, since its snapshot is gone
 */
export async function withRetries(
  { compute, log }: { compute: ComputeChunk; log: Log },
  chunk: Chunk,
): Promise<{ result: ChunkResult; attempts: number }> {
  for (let attempts = 1;; attempts++) {
    try {
      return { result: await compute(chunk), attempts };
    } catch (error) {
      if (isLostConnection(error)) throw error;
      log("warn", "chunk failed", { chunk: chunk.number, attempt: attempts, error });
      if (attempts === MOST_ATTEMPTS) throw givenUp(chunk, error);
    }
  }
}

function givenUp({ number, range }: Chunk, cause: unknown): ReportFailure {
  const why = cause instanceof Error ? cause.name : "unknown";
  return new ReportFailure(
    `Chunk ${number} (stores ${range.first} to ${range.last}) failed ${MOST_ATTEMPTS} times, last with ${why}; ` +
      "see the service's log",
    { cause },
  );
}
