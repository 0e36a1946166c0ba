import type { ImportKind } from "../db/imports.ts";
import { type Columns, findColumns, hasStoreId, possibleKinds } from "./columns.ts";
import { type CsvRecord, readCsv } from "./csv.ts";
import { InputError } from "./input_error.ts";
import { textBlocks } from "./text_blocks.ts";
import { unpack } from "./unpack.ts";

/**
 * Reads up to the header and finds the columns in it.
 *
 * @param kind told by the header if not given
 * @returns the columns, and the records that came in one block with the header
 * @throws {InputError} if there is no header, or it does not fit
 */
export async function readHeader(
  batches: AsyncIterator<CsvRecord[]>,
  kind: ImportKind | undefined,
): Promise<{ columns: Columns; first: CsvRecord[] }> {
  const { header, first } = await firstRecord(batches);
  return { columns: findColumns(header, kind), first };
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
 * The kind of file that a body is, told by its header; the rest is not read. Undefined if importing it will say what is wrong;
 * `foreign` if it has no store id, so that it is not meant for Storewatch.
 */
export async function tellKind(body: AsyncIterable<Uint8Array>): Promise<ImportKind | "foreign" | undefined> {
  const batches = readCsv(textBlocks(unpack(body)));
  try {
    const { header } = await firstRecord(batches);
    const [kind] = possibleKinds(header);
    return kind ?? (hasStoreId(header) ? undefined : "foreign");
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    await batches.return(undefined);
  }
}
