import type { CsvRecord } from "./csv_record.ts";
import { InputError } from "../faults/input_error.ts";
import { countLineEnds } from "./line_ends.ts";
import { MAX_RECORD } from "./text_blocks.ts";

/** A field, and where the text goes on behind it. */
interface Field {
  readonly text: string;
  readonly end: number;
}

/**
 * Reads text that has quotes in it, a block at a time; a record may go on in the next block. Blanks around quotes do not
 * count. A quote within a field without quotes is part of it, and so is one that something else follows than the field's end.
 */
export class QuotedReader {
  readonly #separator: string;
  readonly #plain: RegExp;
  readonly #blanks: RegExp;
  #line: number;
  #rest = "";

  constructor(line: number, separator: string) {
    this.#line = line;
    this.#separator = separator;
    this.#plain = new RegExp(`[^${separator}\\r\\n]*`, "y");
    this.#blanks = separator === "\t" ? / */y : /[ \t]*/y;
  }

  /** @throws {InputError} if a quote is not closed within the longest record that may be */
  read(block: string): CsvRecord[] {
    const records = this.#records(this.#rest + block, false);
    if (this.#rest.length > MAX_RECORD) throw this.#unclosed();
    return records;
  }

  /** @throws {InputError} if a quote is not closed */
  end(): CsvRecord[] {
    const records = this.#records(this.#rest, true);
    if (this.#rest !== "") throw this.#unclosed();
    return records;
  }

  #records(text: string, isLast: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const fields: string[] = [];
      const end = this.#record(text, at, fields);
      if (end === undefined || (end === text.length && !isLast && !isLineEnd(text, end - 1))) break;
      records.push({ line: this.#line, fields });
      this.#line += countLineEnds(text.slice(at, end));
      at = end;
    }
    this.#rest = text.slice(at);
    return records;
  }

  /** @returns where the next record begins, or `undefined` if a quote is not closed */
  #record(text: string, start: number, fields: string[]): number | undefined {
    for (let at = start;;) {
      const field = this.#field(text, at);
      if (field === undefined) return undefined;
      fields.push(field.text);
      if (text[field.end] !== this.#separator) return behindLineEnd(text, field.end);
      at = field.end + 1;
    }
  }

  #field(text: string, start: number): Field | undefined {
    const first = match(this.#blanks, text, start);
    if (text[first] === '"') {
      const close = closingQuote(text, first);
      if (close === undefined) return undefined;
      const end = match(this.#blanks, text, close + 1);
      if (end === text.length || text[end] === this.#separator || isLineEnd(text, end)) {
        return { text: text.slice(first + 1, close).replaceAll('""', '"'), end };
      }
    }
    const end = match(this.#plain, text, start);
    return { text: text.slice(start, end), end };
  }

  #unclosed(): InputError {
    return new InputError(`A quote is not closed in the row that begins on line ${this.#line}`);
  }
}

/** Where a match that begins at a place ends. */
function match(form: RegExp, text: string, at: number): number {
  form.lastIndex = at;
  form.test(text);
  return form.lastIndex;
}

function closingQuote(text: string, open: number): number | undefined {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}

function behindLineEnd(text: string, at: number): number {
  return at + (text.startsWith("\r\n", at) ? 2 : at < text.length ? 1 : 0);
}
