import type { PollsTarget } from "../../db/polls/stage_polls.ts";
import type { OpenFile } from "../input_file.ts";
import type { FilePart } from "../stage_file.ts";
import { startingWith } from "../text/starting_with.ts";
import { documentForm, FORM_LENGTH } from "./document_form.ts";
import { documentParts } from "./document_parts.ts";
import { readDocument } from "./read_document.ts";
import { tablePart } from "./table_part.ts";

/**
 * Finds out what a file has: reads the header of a table, or a document whole.
 *
 * @throws {InputError} if it cannot be taken in
 */
export async function openParts(file: OpenFile, target: PollsTarget): Promise<FilePart[]> {
  const { start, whole } = await startingWith(file.bytes, FORM_LENGTH);
  const form = documentForm(start);
  if (form === undefined) return [await tablePart(file, whole, target)];
  file.form.documentForm = form;
  return documentParts(file, await readDocument(file, form, whole));
}
