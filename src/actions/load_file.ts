import { importFile, type ImportResult } from "../ingest/import_file.ts";
import type { ImportInput } from "../ingest/input_file.ts";
import type { ActionContext } from "./context.ts";

/**
 * Loads one file in one transaction.
 *
 * @throws {FailedFile} if the file fails as a whole: it changes nothing but its own record
 */
export async function loadFile(
  { sql, actor, requestId, seen }: ActionContext,
  input: Omit<ImportInput, "actor" | "requestId" | "seen">,
): Promise<ImportResult> {
  return await importFile(sql, { ...input, actor, requestId, seen });
}
