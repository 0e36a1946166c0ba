import type { Context } from "hono";
import type { Micros } from "../../domain/time/interval.ts";
import { attachment } from "./attachment.ts";
import { httpDate, knownCopy, type Validators } from "./preconditions.ts";
import { Problem } from "../kit/problem.ts";

/** A file that never changes under its name, and how to hand it out. */
export interface Download extends Validators {
  readonly path: string;
  /** Makes the file if it is not there yet. Called only if the client needs it. */
  readonly make?: () => Promise<void>;
  readonly filename: string;
  readonly cacheControl: string;
  readonly contentType: string;
}

/** Half-open, in bytes. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Answers with a file: whole, a range of it, or not at all if the client has it. It is streamed, and closed when the
 * client has got it or has gone away.
 *
 * @throws {Problem} if the file has vanished, or if the range lies outside of it
 */
export async function sendFile(c: Context, download: Download): Promise<Response> {
  const headers = headersOf(download);
  const known = knownCopy(c, download);
  if (known !== undefined) return c.body(null, 304, { ...headers, ETag: known });
  await download.make?.();
  const file = await open(download.path);
  let handedOver = false;
  try {
    const { size } = await file.stat();
    const range = c.req.method === "GET" ? rangeAsked(c, download, size) : undefined;
    const { start, end } = range ?? { start: 0, end: size };
    if (range !== undefined) headers["Content-Range"] = `bytes ${start}-${end - 1}/${size}`;
    headers["Content-Length"] = String(end - start);
    const status = range === undefined ? 200 : 206;
    if (c.req.method === "HEAD") return c.body(null, status, headers);
    await file.seek(start, Deno.SeekMode.Start);
    handedOver = true;
    return c.body(streamOf(file, end - start), status, headers);
  } finally {
    if (!handedOver) file.close();
  }
}

function headersOf({ filename, etag, lastModified, cacheControl, contentType }: Download): Record<string, string> {
  return {
    "Content-Type": contentType,
    "Content-Disposition": attachment(filename),
    "ETag": etag,
    "Last-Modified": httpDate(lastModified),
    "Cache-Control": cacheControl,
    "Accept-Ranges": "bytes",
  };
}

async function open(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Problem("report-file-gone", "The report was completed, but its file is gone", { cause });
  }
}

/** A single range is answered with a part. Several ranges, or a wrong one, are answered with the whole file. */
function rangeAsked(c: Context, { etag, lastModified }: Validators, size: number): ByteRange | undefined {
  const ifRange = c.req.header("If-Range")?.trim();
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(c.req.header("Range")?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || first + last === "") return undefined;
  if (ifRange !== undefined && ifRange !== etag && !isDateOf(ifRange, lastModified)) return undefined;
  const range = first === ""
    ? { start: Math.max(0, size - Number(last)), end: size }
    : { start: Number(first), end: last === "" ? size : Math.min(size, Number(last) + 1) };
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (range.start < range.end) return range;
  throw new Problem("range-not-satisfiable", `The file has ${size} bytes`, {
    headers: { "Content-Range": `bytes */${size}` },
  });
}

/** A date tells files apart only when its second is over (RFC 9110 §8.8.2.2). */
function isDateOf(date: string, lastModified: Micros): boolean {
  return date === httpDate(lastModified) && lastModified / 1000 <= Date.now() - 1000;
}

const BLOCK = 64 * 1024;

function streamOf(file: Deno.FsFile, length: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = length;
  return new ReadableStream({
    async pull(controller) {
      const block = new Uint8Array(Math.min(BLOCK, left));
      const read = left === 0 ? null : await file.read(block);
      if (read !== null) {
        left -= read;
        return controller.enqueue(block.subarray(0, read));
      }
      file.close();
      controller.close();
    },
    cancel: () => file.close(),
  });
}
