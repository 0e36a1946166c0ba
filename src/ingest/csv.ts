import { CsvError, Parser } from "csv-parse";
import { InputError } from "./input_error.ts";
import { MAX_RECORD, type TextBlock } from "./text_blocks.ts";

export interface CsvRecord {
  /** The line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Splits text into the records of RFC 4180, a block at a time. Blank lines are left out. A quote in the middle of a
 * field is taken as it stands.
 *
 * As long as no quote has come, a line is a record and a comma ends a field: split by hand, which takes a quarter of the
 * time. From the first quote on, csv-parse reads.
 *
 * @throws {InputError} if a quote is not closed
 */
export async function* readCsv(blocks: AsyncIterable<TextBlock>): AsyncGenerator<CsvRecord[]> {
  let quoted: QuotedReader | undefined;
  for await (const { text, line } of blocks) {
    if (quoted === undefined && text.includes('"')) quoted = new QuotedReader(line);
    yield quoted === undefined ? splitPlain(text, line) : await quoted.read(text);
  }
  if (quoted !== undefined) yield await quoted.end();
}

function splitPlain(text: string, firstLine: number): CsvRecord[] {
  return text.split("\n")
    .map((row, index) => ({ line: firstLine + index, fields: withoutReturn(row).split(",") }))
    .filter(isNotBlank);
}

function withoutReturn(row: string): string {
  return row.endsWith("\r") ? row.slice(0, -1) : row;
}

function isNotBlank({ fields }: CsvRecord): boolean {
  return fields.length > 1 || fields[0]?.trim() !== "";
}

/** Reads text that has quotes in it. */
class QuotedReader {
  readonly #parser: Parser;
  #records: CsvRecord[] = [];
  #line: number;
  #emptyLines = 0;

  constructor(line: number) {
    this.#line = line;
    this.#parser = new Parser({
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n"],
      max_record_size: MAX_RECORD,
      on_record: (fields, { empty_lines }) => this.#add(fields, empty_lines),
    });
    this.#parser.on("error", () => {});
  }

  async read(text: string): Promise<CsvRecord[]> {
    await this.#until((done) => this.#parser.write(text, done));
    return this.#take();
  }

  async end(): Promise<CsvRecord[]> {
    await this.#until((done) => {
      this.#parser.once("error", done).once("end", () => done()).resume();
      this.#parser.end();
    });
    return this.#take();
  }

  /** Lines are counted here, since csv-parse counts two for a CRLF within quotes. */
  #add(fields: string[], emptyLines: number): null {
    this.#line += emptyLines - this.#emptyLines;
    this.#emptyLines = emptyLines;
    const record = { line: this.#line, fields };
    if (isNotBlank(record)) this.#records.push(record);
    this.#line += 1 + fields.reduce((newlines, field) => newlines + field.split("\n").length - 1, 0);
    return null;
  }

  #take(): CsvRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  async #until(action: (done: (error?: Error | null) => void) => void): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => action((error) => error ? reject(error) : resolve()));
    } catch (cause) {
      if (!(cause instanceof CsvError)) throw cause;
      throw new InputError(`A quote is not closed in the row that begins on line ${this.#line}`, { cause });
    }
  }
}
