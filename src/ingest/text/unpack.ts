import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { codeOf } from "../../error_code.ts";
import { InputError } from "../faults/input_error.ts";
import { MAGIC_LENGTH, packedFormat } from "./packed_formats.ts";
import { startingWith } from "./starting_with.ts";

const GZIP = [0x1f, 0x8b];

/**
 * Unpacks gzipped data and passes on other data. The first bytes decide, not the name.
 *
 * @throws {InputError} if the gzip data are damaged or cut off
 */
export async function* unpack(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { start, whole } = await startingWith(body, GZIP.length);
  yield* GZIP.every((byte, index) => start[index] === byte) ? gunzip(whole) : whole;
}

/**
 * Unpacks a file, which may be packed with gzip alone.
 *
 * @throws {InputError} if the gzip data are damaged or cut off, or if the file has another packed format, with its name
 */
export async function* unpackFile(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { start, whole, cancel } = await startingWith(unpack(body), MAGIC_LENGTH);
  const format = packedFormat(start);
  if (format !== undefined) {
    await cancel();
    throw new InputError(`The file is ${format}: unpack it, or save it as CSV, plain or packed with gzip`);
  }
  yield* whole;
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
  const code = codeOf(cause) ?? "";
  if (code === "Z_BUF_ERROR") return new InputError("The gzip data are cut off: the end is missing", { cause });
  if (code.startsWith("Z_")) return new InputError("The gzip data are damaged", { cause });
  return undefined;
}
