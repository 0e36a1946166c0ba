import { Busboy } from "@fastify/busboy";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InputError } from "../ingest/input_error.ts";
import { Problem } from "./problem.ts";

/** A file within a form. */
export interface FormFile {
  readonly filename: string;
  /** Ends when the whole form has arrived: a form that breaks off, or that has a second file, fails instead. */
  readonly content: AsyncGenerator<Uint8Array>;
}

/**
 * Opens the only file of a `multipart/form-data` body, without waiting for its end. Other fields are passed over.
 *
 * @throws {Problem} if this is no such form
 * @throws {InputError} if there is no file in it
 */
export async function openForm(body: AsyncIterable<Uint8Array>, contentType: string): Promise<FormFile> {
  const parser = openParser(contentType);
  const source = Readable.from(body, { objectMode: false });
  const { promise: found, resolve, reject } = Promise.withResolvers<{ stream: Readable; filename: string }>();
  let files = 0;
  parser.on("file", (_field, stream, filename) => {
    // It may break off before anybody reads it; whoever reads it is told then.
    stream.on("error", () => {});
    if (++files > 1) stream.resume();
    else resolve({ stream, filename });
  });
  const parsed = pipeline(source, parser).catch((error) => Promise.reject(brokenForm(error)));
  parsed.then(() => reject(new InputError("The form has no file in it")), reject);
  const { stream, filename } = await found;
  parsed.catch((error) => stream.destroy(error));
  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      yield* stream;
      await parsed;
    } catch (error) {
      throw brokenForm(error);
    } finally {
      source.destroy();
    }
    if (files > 1) throw new InputError(`The form has ${files} files, but must have one`);
  }
  return { filename: filename || "upload", content: content() };
}

function openParser(contentType: string) {
  try {
    return Busboy({ headers: { "content-type": contentType }, limits: { fields: 100, fieldSize: 65_536, parts: 200 } });
  } catch (cause) {
    throw new Problem("malformed-body", "Content-Type names no boundary for the form", { cause });
  }
}

function brokenForm(cause: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem("malformed-body", "The form is not whole", { cause });
}
