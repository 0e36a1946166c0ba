import { Busboy } from "@fastify/busboy";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { brokenForm } from "../kit/form_body.ts";
import { Problem } from "../kit/problem.ts";

/** A file within a form. */
export interface FormFile {
  readonly filename: string;
  /** Ends when the next file begins, or when the whole form has arrived: a form that breaks off fails instead. */
  readonly content: AsyncGenerator<Uint8Array>;
}

interface Part {
  readonly stream: Readable;
  readonly filename: string;
}

/**
 * Opens the files of a `multipart/form-data` body one after the other, without waiting for its end. What is not read of a file
 * is passed over before the next one comes. Other fields are passed over.
 *
 * @throws {Problem} if the body is not such a form, or ends early
 */
export async function* openForm(body: AsyncIterable<Uint8Array>, contentType: string): AsyncGenerator<FormFile> {
  const parser = openParser(contentType);
  const source = Readable.from(body, { objectMode: false });
  const parts = new Parts();
  parser.on("file", (_field, stream, filename) => {
    // It may break off before anything reads it. The reader gets the error then.
    stream.on("error", () => {});
    parts.add({ stream, filename });
  });
  const parsed = pipeline(source, parser).catch((error) => Promise.reject(brokenForm(error)));
  parsed.then(() => parts.end(), (error) => parts.end(error));
  try {
    for (let part = await parts.next(); part !== undefined; part = await parts.next()) {
      yield { filename: part.filename || "upload", content: contentOf(part, parts) };
      part.stream.resume();
    }
  } finally {
    source.destroy();
  }
}

async function* contentOf({ stream }: Part, parts: Parts): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk;
  } catch (error) {
    throw brokenForm(error);
  }
  await parts.waitForNext();
}

/** Files of a form as they arrive. */
class Parts {
  readonly #waiting: Part[] = [];
  #last: Part | undefined;
  #end: { readonly error: unknown } | undefined;
  #wake = Promise.withResolvers<void>();

  add(part: Part): void {
    this.#waiting.push(part);
    this.#last = part;
    this.#announce();
  }

  end(error?: unknown): void {
    this.#end = { error };
    if (error !== undefined) this.#last?.stream.destroy(error instanceof Error ? error : undefined);
    this.#announce();
  }

  /** @throws {Problem} if the form broke off */
  async next(): Promise<Part | undefined> {
    await this.waitForNext();
    return this.#waiting.shift();
  }

  /** Waits until a file has arrived that was not taken yet, or the form is whole. */
  async waitForNext(): Promise<void> {
    while (this.#waiting.length === 0 && this.#end === undefined) await this.#wake.promise;
    if (this.#waiting.length === 0 && this.#end?.error !== undefined) throw this.#end.error;
  }

  #announce(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}

function openParser(contentType: string) {
  try {
    return Busboy({ headers: { "content-type": contentType }, limits: { fields: 100, fieldSize: 65_536, parts: 200 } });
  } catch (cause) {
    throw new Problem("malformed-body", "Content-Type names no boundary for the form", { cause });
  }
}
