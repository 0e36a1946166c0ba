import { InputError } from "./input_error.ts";

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

const NEWLINE = 10;
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_MARKS = [[0xff, 0xfe], [0xfe, 0xff]];

/**
 * Cuts bytes into blocks of whole lines and decodes them. A byte-order mark is dropped.
 *
 * @throws {InputError} if they are not UTF-8 text, saying where, or if a line is longer than {@linkcode MAX_RECORD}
 */
export async function* textBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextBlock> {
  let line = 1;
  let offset = 0;
  for await (const block of wholeLines(bytes)) {
    if (offset === 0) refuseUtf16(block);
    const text = decode(block, { line, offset });
    yield { text: offset === 0 && startsWith(block, UTF8_MARK) ? text.slice(1) : text, line };
    line += countLines(block);
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
    const end = block.lastIndexOf(NEWLINE) + 1;
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

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(block: Uint8Array, start: { line: number; offset: number }): string {
  if (block.includes(0)) {
    throw new InputError(`${place(block, block.indexOf(0), start)} is a NUL: this is no text file`);
  }
  try {
    return DECODER.decode(block);
  } catch (cause) {
    throw new InputError(`${place(block, firstBadLine(block), start)} begins a line that is not UTF-8`, { cause });
  }
}

function place(block: Uint8Array, index: number, start: { line: number; offset: number }): string {
  const line = start.line + countLines(block.subarray(0, index));
  return `Byte ${start.offset + index + 1}, in line ${line},`;
}

/** Where the first line begins that cannot be decoded. */
function firstBadLine(block: Uint8Array): number {
  for (let start = 0; start < block.length;) {
    const newline = block.indexOf(NEWLINE, start);
    const end = newline === -1 ? block.length : newline + 1;
    try {
      DECODER.decode(block.subarray(start, end));
    } catch {
      return start;
    }
    start = end;
  }
  return 0;
}

function refuseUtf16(block: Uint8Array): void {
  if (!UTF16_MARKS.some((mark) => startsWith(block, mark))) return;
  throw new InputError("The file is UTF-16 (its first bytes say so): save it as UTF-8");
}

function startsWith(block: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => block[index] === byte);
}

function countLines(block: Uint8Array): number {
  let lines = 0;
  for (let at = block.indexOf(NEWLINE); at !== -1; at = block.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
