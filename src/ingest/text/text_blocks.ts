import { Decoder } from "./decode.ts";
import type { FileForm } from "./file_form.ts";
import { InputError } from "../faults/input_error.ts";
import { countLineEnds } from "./line_ends.ts";
import { fromUtf16 } from "./utf16.ts";

/** Some whole lines of a text file; only the last block may lack the final line end. */
export interface TextBlock {
  readonly text: string;
  /** The number of its first line, from 1. */
  readonly line: number;
}

/** Bytes. Larger blocks are no faster. */
const BLOCK = 65_536;

/** A record may be this long, in bytes. Without a limit, a file without line ends would be read into memory whole. */
export const MAX_RECORD = 1_048_576;

const LF = 10;
const CR = 13;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** Reads plain lines straight from bytes, ahead of everything else, once something is there that can. */
export interface PlainLines {
  /**
   * Takes lines from the beginning of a block of whole lines.
   *
   * @returns how many bytes and lines were taken: up to the first line that is not plain
   */
  take?: ((block: Uint8Array) => { readonly bytes: number; readonly lines: number }) | undefined;
}

const NOTHING_TAKEN = { bytes: 0, lines: 0 };

/**
 * Cuts bytes into blocks of whole lines and decodes them: UTF-8, UTF-16 or Windows-1252. A byte-order mark is dropped.
 *
 * @param form learns the encoding
 * @param plain takes lines that then are in no block
 * @throws {InputError} if they are no text in one of these, saying where, or if a line is longer than {@linkcode MAX_RECORD}
 */
export async function* textBlocks(
  input: AsyncIterable<Uint8Array>,
  form: FileForm,
  plain: PlainLines = {},
): AsyncGenerator<TextBlock> {
  const decoder = new Decoder(form);
  let line = 1;
  let offset = 0;
  for await (const whole of wholeLines(fromUtf16(input, form))) {
    // A quoted field may hold line ends, so that a line is no row any more.
    const taken = form.hasQuotes || form.separator !== "," ? undefined : plain.take?.(whole);
    const { bytes, lines } = taken ?? NOTHING_TAKEN;
    line += lines;
    offset += bytes;
    const block = whole.subarray(bytes);
    const text = decoder.decode(block, { line, offset });
    yield { text: offset === 0 && startsWith(block, UTF8_MARK) ? text.slice(1) : text, line };
    line += countLineEnds(text);
    offset += block.length;
  }
}

async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  let parts: Uint8Array[] = [];
  let fresh = 0;
  for await (const part of smallParts(bytes)) {
    parts.push(part);
    fresh += part.length;
    if (fresh < BLOCK) continue;
    const block = joined([rest, ...parts]);
    const end = endOfLines(block);
    if (end > 0) yield block.subarray(0, end);
    rest = block.subarray(end);
    if (rest.length > MAX_RECORD) {
      throw new InputError(`A line is longer than ${MAX_RECORD} bytes: this is no CSV file`);
    }
    parts = [];
    fresh = 0;
  }
  if (rest.length + fresh > 0) yield joined([rest, ...parts]);
}

/** Behind the last line end. A CR at the very end may be half of a CRLF; a file with LF is cut there, and not at a CR in a field. */
function endOfLines(block: Uint8Array): number {
  const end = block.lastIndexOf(LF) + 1;
  return end > 0 ? end : block.subarray(0, -1).lastIndexOf(CR) + 1;
}

async function* smallParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += BLOCK) yield chunk.subarray(start, start + BLOCK);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

function startsWith(block: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => block[index] === byte);
}
