const BUFFER_BYTES = 1 << 20;
const ZERO = "0".charCodeAt(0);
const NEWLINE = "\n".charCodeAt(0);
const encoder = new TextEncoder();

export interface CsvFileOptions {
  /** Gets the number of bytes after each write to the disk. */
  readonly onWritten: (bytes: number) => void;
  /** Changes how whole rows are written. */
  readonly rewrite?: ((plain: Uint8Array) => Uint8Array) | undefined;
}

/** A file that is being written, and its name once it is whole. */
interface Draft {
  readonly path: string;
  readonly temporary: string;
  readonly file: Deno.FsFile;
}

/**
 * A CSV file that is being written. It has a temporary name until `publish` gives it its own, so that readers see
 * the whole file, or the one that was there before. Disposed of without `publish`, it leaves nothing behind.
 *
 * A caller asks for `room` and then puts rows into the buffer without waiting; that is what makes it fast.
 */
export class CsvFile implements AsyncDisposable {
  rows = 0;
  bytes = 0;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #length = 0;
  #open = true;
  #published = false;

  private constructor(readonly draft: Draft, readonly options: CsvFileOptions) {}

  get path(): string {
    return this.draft.path;
  }

  /**
   * Starts a file with a header. Needs read and write permission for its folder.
   *
   * The header does not count as a row.
   */
  static async create(path: string, header: string, options: CsvFileOptions): Promise<CsvFile> {
    // Not ending in .csv, so that what a killed process leaves is not loaded along with its folder.
    const temporary = `${path}.${crypto.randomUUID()}.partial`;
    const file = await Deno.open(temporary, { write: true, createNew: true });
    const csv = new CsvFile({ path, temporary, file }, options);
    csv.putText(`${header}\n`);
    return csv;
  }

  /** Makes room for that many bytes, by writing what is in the buffer if need be. */
  async room(bytes: number): Promise<void> {
    if (bytes > BUFFER_BYTES) throw new RangeError(`room for ${bytes} bytes, of a buffer of ${BUFFER_BYTES}`);
    if (this.#length + bytes > BUFFER_BYTES) await this.#flush();
  }

  /** Adds a row. */
  row(text: string): void {
    this.putText(text);
    this.endRow();
  }

  /** Adds ASCII text. */
  putText(text: string): void {
    this.put(encoder.encode(text));
  }

  /** Adds bytes. */
  put(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Adds a whole number ≥ 0 in so many decimal digits. */
  putDigits(value: number, width: number): void {
    let rest = value;
    for (let index = this.#length + width - 1; index >= this.#length; index--) {
      this.#buffer[index] = ZERO + rest % 10;
      rest = Math.trunc(rest / 10);
    }
    this.#length += width;
  }

  /** Takes the zeros from the end. */
  dropZeros(): void {
    while (this.#buffer[this.#length - 1] === ZERO) this.#length--;
  }

  endRow(): void {
    this.#buffer[this.#length++] = NEWLINE;
    this.rows++;
  }

  /** Writes the rest, and waits until the disk has all of it, so that a name is never given to half a file. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#orNameIt(this.draft.file.syncData());
    this.#close();
  }

  /** Gives a finished file its name, in place of a file that had it before. */
  async publish(): Promise<void> {
    await this.#orNameIt(Deno.rename(this.draft.temporary, this.draft.path));
    this.#published = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
    if (!this.#published) await Deno.remove(this.draft.temporary);
  }

  #close(): void {
    if (this.#open) this.draft.file.close();
    this.#open = false;
  }

  async #flush(): Promise<void> {
    const plain = this.#buffer.subarray(0, this.#length);
    const bytes = this.options.rewrite?.(plain) ?? plain;
    for (let from = 0; from < bytes.length;) from += await this.#orNameIt(this.draft.file.write(bytes.subarray(from)));
    this.#length = 0;
    this.bytes += bytes.length;
    this.options.onWritten(bytes.length);
  }

  /** The system's errors (a full disk) do not say which file they are about. */
  async #orNameIt<T>(action: Promise<T>): Promise<T> {
    try {
      return await action;
    } catch (cause) {
      throw new Error(`cannot write ${this.draft.path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
}
