import type { ImportKind } from "../db/imports/imports.ts";
import type { Actor } from "../domain/actor.ts";
import type { TagFilter } from "../domain/tags/tag_filter.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { FileForm } from "./text/file_form.ts";
import { unpackFile } from "./text/unpack.ts";
import type { MaxRejects } from "./max_rejects.ts";
import { Notices } from "./faults/notice.ts";
import type { ReadOptions } from "./rows/read_options.ts";

export interface ImportInput extends ReadOptions {
  /** Told by the header if not given. */
  readonly kind?: ImportKind | undefined;
  /** The actor that loads the file; `anonymous` if not given. */
  readonly actor?: Actor | undefined;
  /** The request that brought the file. */
  readonly requestId?: string | undefined;
  /** The stores that the actor sees, for the record of the file. Undefined: all stores. */
  readonly seen?: TagFilter | undefined;
  /** Which stores rows may be of. Undefined: all stores, and new ones. Of files of polls alone. */
  readonly isOwn?: ((storeId: string) => boolean) | undefined;
  /** What to call the file: a path, or where an upload came from. */
  readonly source: string;
  readonly body: ReadableStream<Uint8Array>;
  /** They say which zones there are. */
  readonly zoneRules: ZoneRules;
  /** How far ahead of the clock a poll may be, as an ISO 8601 duration. */
  readonly maxPollAhead?: string | undefined;
  /** Half of the rows if not given. */
  readonly maxRejects?: MaxRejects | undefined;
  /** Stops the import, unless the merge is in progress. */
  readonly signal?: AbortSignal | undefined;
  /** The instant at which the file is read; that of the clock if not given. */
  readonly now?: Micros | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  /** How much of the body was read, before unpacking. */
  readonly bytes: number;
  readonly rows: number;
  readonly rejected: number;
  readonly phase: "reading" | "merging";
}

/** A file that is being read. */
export interface OpenFile {
  readonly importId: string;
  readonly input: ImportInput;
  /** Counts the bytes that were read, before unpacking. */
  readonly counter: { readonly bytes: number };
  readonly notices: Notices;
  /** Known when the header has been read, and the encoding when the whole file has been. */
  readonly form: FileForm;
  /** The file, unpacked. */
  readonly bytes: AsyncGenerator<Uint8Array>;
  readonly now: Micros;
}

/** Opens a file; nothing is read yet. */
export function openFile(input: ImportInput): OpenFile {
  const counter = { bytes: 0 };
  const notices = new Notices();
  const bytes = unpackFile(counted(input, counter));
  const now = input.now ?? Date.now() * 1000;
  return { importId: crypto.randomUUID(), input, counter, notices, form: new FileForm(notices), bytes, now };
}

async function* counted({ body, signal }: ImportInput, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  const abortable = signal === undefined ? body : body.pipeThrough(new TransformStream(), { signal });
  for await (const chunk of readAhead(abortable)) {
    counter.bytes += chunk.length;
    yield chunk;
  }
}

/** Asks for the next chunk before the last one is used, so that reading and parsing go on side by side. */
async function* readAhead(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  let next = chunks.next();
  // A reader that stops early does not await it.
  next.catch(() => {});
  try {
    for (let chunk = await next; !chunk.done; chunk = await next) {
      next = chunks.next();
      next.catch(() => {});
      yield chunk.value;
    }
  } finally {
    await chunks.return?.();
  }
}
