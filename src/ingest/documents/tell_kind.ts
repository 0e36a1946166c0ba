import type { ImportKind } from "../../db/imports/imports.ts";
import { InputError } from "../faults/input_error.ts";
import { Notices } from "../faults/notice.ts";
import { LOCATION_FIELDS } from "../locations/locations.ts";
import type { ColumnAliases } from "../rows/column_names.ts";
import { hasStoreId, possibleKind } from "../rows/columns.ts";
import { firstRecord, readTable } from "../rows/header.ts";
import { FileForm } from "../text/file_form.ts";
import { startingWith } from "../text/starting_with.ts";
import { unpackFile } from "../text/unpack.ts";
import { documentForm } from "./document_form.ts";

/** A list of locations names a field of hours early. */
const LOOK = 262_144;

/**
 * The kind of a file, from its header. The rest is not read. Undefined if importing it will say, or say what is wrong;
 * `foreign` if it has no stores, so that it is not meant for Storewatch.
 */
export async function tellKind(
  body: AsyncIterable<Uint8Array>,
  aliases?: ColumnAliases,
): Promise<ImportKind | "foreign" | undefined> {
  const bytes = unpackFile(body);
  try {
    const { start, whole } = await startingWith(bytes, LOOK);
    const form = documentForm(start);
    if (form === "JSON") return hasLocations(start) ? undefined : "foreign";
    return form === undefined ? await tellTable(whole, aliases) : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    await bytes.return(undefined);
  }
}

async function tellTable(bytes: AsyncIterable<Uint8Array>, aliases?: ColumnAliases) {
  const batches = readTable(bytes, new FileForm(new Notices()));
  try {
    const { header } = await firstRecord(batches);
    return possibleKind(header, aliases) ?? (hasStoreId(header, aliases) ? undefined : "foreign");
  } finally {
    await batches.return(undefined);
  }
}

/** Zeros are left out, so that UTF-16 shows the names, too. */
function hasLocations(start: Uint8Array): boolean {
  const text = new TextDecoder().decode(start.filter((byte) => byte !== 0));
  return LOCATION_FIELDS.some((name) => text.includes(`"${name}"`));
}
