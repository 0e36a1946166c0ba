import type { DatabaseAddress } from "../src/db/connection/client.ts";
import { codeOf } from "../src/error_code.ts";
import type { ZoneRules } from "../src/domain/time/zone_rules.ts";
import type { Chunk, ChunkResult } from "../src/report/chunk.ts";

/** Messages to a worker: first its number, the database and the zone rules, then chunks, each after the answer to the one before. */
export type ToWorker =
  | { readonly kind: "open"; readonly worker: number; readonly address: DatabaseAddress; readonly zoneRules: ZoneRules }
  | { readonly kind: "chunk"; readonly chunk: Chunk };

/** What a worker answers to a chunk. A throw would reach the other side without its type, and the next messages not at all. */
export type FromWorker =
  | { readonly ok: true; readonly result: ChunkResult }
  | { readonly ok: false; readonly error: PostedError };

/** What a worker answers that has rendered a file. */
export type FromRenderWorker = { readonly ok: true } | { readonly ok: false; readonly error: PostedError };

/** The parts of an error that can be posted: its name, its message, its code, and where it was thrown. */
export interface PostedError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
}

export function toPosted(error: unknown): PostedError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), code: undefined, stack: undefined };
  return { name: error.name, message: error.message, code: codeOf(error), stack: error.stack };
}

export function fromPosted({ name, message, code, stack }: PostedError): Error {
  return Object.assign(new Error(message), { name, code, stack });
}
