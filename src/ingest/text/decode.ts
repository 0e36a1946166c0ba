import type { FileForm } from "./file_form.ts";
import { InputError } from "../faults/input_error.ts";
import { countLineEnds } from "./line_ends.ts";
import { utf8Sequence } from "./utf8_sequence.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder("windows-1252");

/** Bytes that Windows-1252 gives no character. */
const UNASSIGNED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Where a block begins: its line and byte, from 1 and 0. */
export interface BlockStart {
  readonly line: number;
  readonly offset: number;
}

/** A byte that is not UTF-8, where nothing before it was proof of UTF-8. */
interface Stranger {
  readonly byte: number;
  readonly line: number;
}

/**
 * Decodes blocks of whole lines, one after the other. A file is UTF-8; or it is Windows-1252, if its bytes are not UTF-8, hold no
 * well-formed sequence of UTF-8, and no byte that Windows-1252 does not have. What it is shows at the first byte beyond ASCII.
 */
export class Decoder {
  readonly #form: FileForm;
  #sawUtf8 = false;
  #stranger: Stranger | undefined;

  constructor(form: FileForm) {
    this.#form = form;
  }

  /** @throws {InputError} if the bytes are neither, saying where */
  decode(block: Uint8Array, start: BlockStart): string {
    if (block.includes(0)) {
      throw new InputError(`${place(block, block.indexOf(0), start)} is a NUL: this is not a text file`);
    }
    if (this.#stranger === undefined) {
      const text = decodeUtf8(block);
      // As many characters as bytes: ASCII, which proves nothing.
      if (text !== undefined && text.length < block.length) this.#sawUtf8 = true;
      if (text !== undefined) return text;
    }
    this.#checkWindows1252(block, start);
    return WINDOWS_1252.decode(block);
  }

  #checkWindows1252(block: Uint8Array, start: BlockStart): void {
    for (let index = 0; index < block.length;) {
      const byte = block[index] ?? 0;
      const length = byte < 0x80 ? 1 : utf8Sequence(block, index);
      if (length > 1) this.#findUtf8(block, index, start);
      if (length === 0) this.#findStranger(block, index, start);
      index += Math.max(length, 1);
    }
  }

  #findUtf8(block: Uint8Array, index: number, start: BlockStart): void {
    this.#sawUtf8 = true;
    if (this.#stranger !== undefined) {
      throw mixed(this.#stranger, `${place(block, index, start)} begins a character of UTF-8`);
    }
  }

  #findStranger(block: Uint8Array, index: number, start: BlockStart): void {
    const byte = block[index] ?? 0;
    if (this.#stranger === undefined) {
      const line = lineOf(block, index, start);
      this.#stranger = { byte: start.offset + index + 1, line };
      if (this.#sawUtf8) throw mixed(this.#stranger, "bytes before it are UTF-8");
      this.#form.isWindows1252(line);
    }
    if (UNASSIGNED.has(byte)) {
      throw mixed(
        this.#stranger,
        `${place(block, index, start)} (${byte.toString(16).toUpperCase()}) is not Windows-1252`,
      );
    }
  }
}

function mixed({ byte, line }: Stranger, because: string): InputError {
  return new InputError(
    `Byte ${byte}, in line ${line}, is not UTF-8, and the file is not Windows-1252: ${because}. Save it as UTF-8`,
  );
}

function decodeUtf8(block: Uint8Array): string | undefined {
  try {
    return UTF8.decode(block);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function place(block: Uint8Array, index: number, start: BlockStart): string {
  return `Byte ${start.offset + index + 1}, in line ${lineOf(block, index, start)},`;
}

function lineOf(block: Uint8Array, index: number, { line }: BlockStart): number {
  return line + countLineEnds(WINDOWS_1252.decode(block.subarray(0, index)));
}
