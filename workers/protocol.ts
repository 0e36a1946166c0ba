import type { DatabaseAddress } from "../src/db/connection/client.ts";
import { codeOf } from "../src/error_code.ts";
import type { ZoneRules } from "../src/domain/time/zone_rules.ts";
import type { MonthColumns } from "../src/db/trends/trend_months.ts";
import type { Chunk, ChunkResult } from "../src/report/chunk.ts";
import type { DaysTask } from "../src/trends/days_task.ts";

/** Messages to a worker: first its number, the database and the zone rules, then jobs, each after the answer to the one before. */
export type ToWorker =
  | { readonly kind: "open"; readonly worker: number; readonly address: DatabaseAddress; readonly zoneRules: ZoneRules }
  | Job;

/** What a worker does: a chunk of a report, or some dates of trends. */
export type Job =
  | { readonly kind: "chunk"; readonly chunk: Chunk }
  | { readonly kind: "days"; readonly task: DaysTask };

/** What comes of a job. */
export type Done =
  | { readonly kind: "chunk"; readonly result: ChunkResult }
  | { readonly kind: "days"; readonly months: MonthColumns };

/** What a worker answers to a job. A throw would reach the other side without its type, and the next messages not at all. */
export type FromWorker =
  | { readonly ok: true; readonly done: Done }
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
