import type { Entries } from "../entries/entry.ts";
import { EntryList } from "../entries/entry_list.ts";
import { InputError } from "../faults/input_error.ts";
import { readCalendar } from "../holidays/read_calendar.ts";
import type { OpenFile } from "../input_file.ts";
import { readLocations } from "../locations/locations.ts";
import { readJson } from "../locations/json_text.ts";
import { ALL_STORES } from "../../db/stores/staging.ts";
import type { DocumentForm } from "./document_form.ts";
import { STORES_OF_CALENDARS } from "./table_part.ts";
import { wholeText } from "./whole_text.ts";

/**
 * Reads a document whole, and understands it.
 *
 * @param bytes those of the file, from its first one
 * @throws {InputError} if it cannot be read as a whole
 */
export async function readDocument(
  { input, form, notices, now }: OpenFile,
  documentForm: DocumentForm,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Entries> {
  const text = await wholeText(bytes, form);
  const list = new EntryList(notices);
  if (documentForm === "JSON") {
    if (input.stores !== undefined) throw new InputError(STORES_OF_CALENDARS);
    await readLocations(await readJson(text), list, input.aliases?.get("store_id"));
  } else await readCalendar(text, { stores: input.stores ?? [ALL_STORES], now }, list);
  return list.entries;
}
