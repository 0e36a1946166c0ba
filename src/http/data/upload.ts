import { InputError } from "../../ingest/faults/input_error.ts";
import { unpack } from "../../ingest/text/unpack.ts";
import type { Limits } from "../deps.ts";
import { openForm } from "./multipart.ts";
import { Problem } from "../kit/problem.ts";
import { bodyChunks, mediaType, unsupported } from "../kit/request_body.ts";

/** A file that is on its way. */
export interface Upload {
  readonly source: string;
  readonly body: ReadableStream<Uint8Array>;
}

const UPLOAD_TYPES = [
  "text/csv",
  "application/json",
  "application/ld+json",
  "text/calendar",
  "application/gzip",
  "multipart/form-data",
] as const;

/**
 * Opens the files that a request brings, in any of three ways, one after the other. The first bytes of a file say whether it is gzipped.
 *
 * @throws {Problem} if they come in another way, or break off
 */
export async function* openUploads(request: Request, limits: Limits): AsyncGenerator<Upload> {
  const type = mediaType(request);
  if (!isUploadType(type)) throw unsupported(request, UPLOAD_TYPES);
  const body = decoded(request, limits);
  if (type !== "multipart/form-data") return yield { source: "upload", body: ReadableStream.from(body) };
  let files = 0;
  for await (const { filename, content } of openForm(body, request.headers.get("content-type") ?? "")) {
    files++;
    yield { source: filename, body: ReadableStream.from(content) };
  }
  if (files === 0) throw new InputError("The form has no file in it");
}

function isUploadType(type: string): boolean {
  return UPLOAD_TYPES.some((known) => known === type);
}

function decoded(request: Request, limits: Limits): AsyncGenerator<Uint8Array> {
  const chunks = bodyChunks(request, limits);
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding === "identity") return chunks;
  if (encoding === "gzip" || encoding === "x-gzip") return unpack(chunks);
  const headers = { "Accept-Encoding": "gzip" };
  throw new Problem(
    "unsupported-media-type",
    'The body came in another encoding. Send it plain, or with the header "Content-Encoding: gzip"',
    { headers },
  );
}
