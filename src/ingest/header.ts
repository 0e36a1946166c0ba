import type { ImportKind } from "../db/imports.ts";
import { type Columns, findColumns } from "./columns.ts";
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
  for (let next = await batches.next(); !next.done; next = await batches.next()) {
    const [header, ...first] = next.value;
    if (header !== undefined) return { columns: findColumns(header.fields, kind), first };
  }
  throw new InputError("The file is empty: not even a header is there");
}

/** The kind of file that a body is, told by its header; the rest is not read. */
export async function tellKind(body: AsyncIterable<Uint8Array>): Promise<ImportKind | undefined> {
  const batches = readCsv(textBlocks(unpack(body)));
  try {
    return (await readHeader(batches, undefined)).columns.kind;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    await batches.return(undefined);
  }
}
