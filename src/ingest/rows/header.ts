import { type ColumnOptions, type Columns, findColumns } from "./columns.ts";
import { readCsv } from "../text/csv.ts";
import type { CsvRecord } from "../text/csv_record.ts";
import type { FileForm } from "../text/file_form.ts";
import { InputError } from "../faults/input_error.ts";
import { type PlainLines, textBlocks } from "../text/text_blocks.ts";

/** Reads unpacked bytes as a table, a batch of records at a time: decodes them, splits them. */
export function readTable(
  bytes: AsyncIterable<Uint8Array>,
  form: FileForm,
  plain?: PlainLines,
): AsyncGenerator<CsvRecord[]> {
  return readCsv(textBlocks(bytes, form, plain), form);
}

/**
 * Reads up to the header and finds the columns in it.
 *
 * @returns the columns, and the records that came in one block with the header
 * @throws {InputError} if the header is missing or does not fit
 */
export async function readHeader(
  batches: AsyncIterator<CsvRecord[]>,
  options: ColumnOptions,
): Promise<{ columns: Columns; first: CsvRecord[] }> {
  const { header, first } = await firstRecord(batches);
  return { columns: findColumns(header, options), first };
}

/** The header, and the records that came in one block with it. */
export async function firstRecord(
  batches: AsyncIterator<CsvRecord[]>,
): Promise<{ header: readonly string[]; first: CsvRecord[] }> {
  for (let next = await batches.next(); !next.done; next = await batches.next()) {
    const [header, ...first] = next.value;
    if (header !== undefined) return { header: header.fields, first };
  }
  throw new InputError("The file is empty: not even a header is there");
}
