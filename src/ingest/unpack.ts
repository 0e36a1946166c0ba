import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "./input_error.ts";

const MAGIC = [0x1f, 0x8b];

/**
 * Unpacks what is gzipped, told by its first bytes and not by its name, and passes on what is not.
 *
 * @throws {InputError} if the gzip data are damaged or cut off
 */
export async function* unpack(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = startingWith(body, MAGIC.length);
  const first = await chunks.next();
  if (first.done) return;
  const whole = prepend(first.value, chunks);
  yield* MAGIC.every((byte, index) => first.value[index] === byte) ? gunzip(whole) : whole;
}

/** Joins the first chunks until they hold enough bytes to look at: a network may deliver one byte at a time. */
async function* startingWith(body: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of body) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = new Uint8Array([...start, ...chunk.subarray(0, length)]);
    if (start.length < length) continue;
    yield start;
    yield chunk.subarray(length);
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
}

async function* prepend(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** Node's gunzip and not `DecompressionStream`, which stops after the first member of a file that has several. */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = pipeline(Readable.from(packed, { objectMode: false }), createGunzip(), () => {});
  try {
    for await (const chunk of unpacked) yield chunk;
  } catch (cause) {
    throw gzipError(cause) ?? cause;
  }
}

function gzipError(cause: unknown): InputError | undefined {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "Z_BUF_ERROR") return new InputError("The gzip data are cut off: the end is missing", { cause });
  if (code.startsWith("Z_")) return new InputError("The gzip data are damaged", { cause });
  return undefined;
}
