import type { ImportKind } from "../../db/imports/imports.ts";
import { type ColumnOptions, type Columns, findColumns, hasStoreId, possibleKind } from "./columns.ts";
import { readCsv } from "../text/csv.ts";
import type { CsvRecord } from "../text/csv_record.ts";
import type { ColumnAliases } from "./column_names.ts";
import { FileForm } from "../text/file_form.ts";
import { InputError } from "../faults/input_error.ts";
import { Notices } from "../faults/notice.ts";
import { type PlainLines, textBlocks } from "../text/text_blocks.ts";
import { unpackFile } from "../text/unpack.ts";

/** Reads a body as a table, a batch of records at a time: unpacks it, decodes it, splits it. */
export function readTable(
  body: AsyncIterable<Uint8Array>,
  form: FileForm,
  plain?: PlainLines,
): AsyncGenerator<CsvRecord[]> {
  return readCsv(textBlocks(unpackFile(body), form, plain), form);
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

async function firstRecord(
  batches: AsyncIterator<CsvRecord[]>,
): Promise<{ header: readonly string[]; first: CsvRecord[] }> {
  for (let next = await batches.next(); !next.done; next = await batches.next()) {
    const [header, ...first] = next.value;
    if (header !== undefined) return { header: header.fields, first };
  }
  throw new InputError("The file is empty: not even a header is there");
}

/**
 * The kind of a file, from its header. The rest is not read. Undefined if importing it will say what is wrong;
 * `foreign` if it has no store id, so that it is not meant for Storewatch.
 */
export async function tellKind(
  body: AsyncIterable<Uint8Array>,
  aliases?: ColumnAliases,
): Promise<ImportKind | "foreign" | undefined> {
  const batches = readTable(body, new FileForm(new Notices()));
  try {
    const { header } = await firstRecord(batches);
    const kind = possibleKind(header, aliases);
    return kind ?? (hasStoreId(header, aliases) ? undefined : "foreign");
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    await batches.return(undefined);
  }
}
