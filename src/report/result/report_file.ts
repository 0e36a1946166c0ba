import { createHash } from "node:crypto";
import { ReportFailure } from "../failure.ts";

/** The files of a report. */
export interface ReportPaths {
  /** The exact result, which everything else renders. */
  readonly result: string;
  /** The classic CSV. */
  readonly csv: string;
  /** How long each chunk took. */
  readonly performance: string;
}

export function reportPaths(folder: string, reportId: string): ReportPaths {
  return {
    result: `${folder}/${reportId}.result.arrow`,
    csv: `${folder}/${reportId}.csv`,
    performance: `${folder}/${reportId}.performance.csv`,
  };
}

/**
 * A file that appears under its name whole or not at all: it is written beside it, made durable, and renamed.
 */
export class ReportFile {
  readonly #path: string;
  readonly #part: string;
  readonly #file: Deno.FsFile;
  readonly #hash = createHash("sha256");
  #open = true;
  #published = false;
  bytes = 0;

  private constructor(path: string, part: string, file: Deno.FsFile) {
    this.#path = path;
    this.#part = part;
    this.#file = file;
  }

  /**
   * Replaces what an earlier run left. The caller holds the report's lock, so that no other run writes it; or it gives the part a name of its own.
   *
   * @throws {ReportFailure} if the file cannot be made
   */
  static async create(path: string, part = `${path}.part`): Promise<ReportFile> {
    await Deno.remove(part).catch(() => {});
    return await explain(async () =>
      new ReportFile(path, part, await Deno.open(part, { createNew: true, write: true }))
    );
  }

  /** @throws {ReportFailure} if the disk is full, or the like */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.bytes += bytes.length;
    for (let written = 0; written < bytes.length;) {
      written += await explain(() => this.#file.write(bytes.subarray(written)));
    }
  }

  /** Makes what was written durable. @returns its SHA-256, in hexadecimal */
  async finish(): Promise<string> {
    await explain(() => this.#file.sync());
    this.#close();
    return this.#hash.digest("hex");
  }

  async publish(): Promise<void> {
    await explain(() => Deno.rename(this.#part, this.#path));
    this.#published = true;
  }

  /** Removes files that were not published. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
    if (!this.#published) await Deno.remove(this.#part).catch(() => {});
  }

  #close(): void {
    if (this.#open) this.#file.close();
    this.#open = false;
  }
}

/** Says what happened without the path, which belongs only in the log. */
async function explain<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound
      ? "the reports folder does not exist"
      : cause instanceof Deno.errors.PermissionDenied
      ? "the reports folder cannot be written to"
      : /os error 28|no space/i.test(String(cause))
      ? "no space is left on the disk"
      : "see the service's log";
    throw new ReportFailure(`The report's file could not be written: ${why}`, { cause });
  }
}
