import type { Context } from "hono";
import { attachment } from "./attachment.ts";
import { httpDate, knownCopy, type Validators } from "./preconditions.ts";

/** Text that is made while it is sent. */
export interface TextDownload extends Validators {
  readonly filename: string;
  readonly contentType: string;
  /** Called only if the client needs the text. */
  readonly pieces: () => Promise<Iterable<string>>;
}

/**
 * Answers with a text that is made while it is sent, or not at all if the client has it. It may be kept, but has to be asked for
 * again: the next version of Storewatch may write it with more columns.
 */
export async function sendText(c: Context, download: TextDownload): Promise<Response> {
  const known = knownCopy(c, download);
  const headers = {
    "Content-Type": download.contentType,
    "Content-Disposition": attachment(download.filename),
    "ETag": known ?? download.etag,
    "Last-Modified": httpDate(download.lastModified),
    "Cache-Control": "private, no-cache",
  };
  if (known !== undefined) return c.body(null, 304, headers);
  const pieces = await download.pieces();
  if (c.req.method === "HEAD") return c.body(null, 200, headers);
  return c.body(ReadableStream.from(started(pieces)).pipeThrough(new TextEncoderStream()), 200, headers);
}

/** Makes the first piece before the answer begins: if that fails, the client gets a problem, and not half an answer. */
function started(pieces: Iterable<string>): Iterable<string> {
  const iterator = pieces[Symbol.iterator]();
  let first: IteratorResult<string> | undefined = iterator.next();
  const next = () => {
    const result = first ?? iterator.next();
    first = undefined;
    return result;
  };
  // This is no generator. One that was never asked for a value does not run its `finally`, so the file would stay open.
  const end = (): IteratorResult<string> => iterator.return?.() ?? { done: true, value: undefined };
  return { [Symbol.iterator]: () => ({ next, return: end }) };
}
