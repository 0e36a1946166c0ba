import type { Sql } from "../db/connection/client.ts";
import { addWarnings } from "../db/imports/imports.ts";
import { findStoreGaps } from "../db/stores/store_gaps.ts";
import type { Warning } from "../domain/warning.ts";
import type { ImportResult } from "./import_file.ts";

/**
 * Looks at all stores after a load, and adds what it finds to the last file of the load. After each single file the others
 * would seem to be missing.
 *
 * @returns the files, the last one with the new warnings; and those warnings
 */
export async function lookAfter(
  sql: Sql,
  loaded: readonly ImportResult[],
): Promise<{ files: ImportResult[]; gaps: Warning[] }> {
  const last = loaded.at(-1);
  if (last === undefined) return { files: [], gaps: [] };
  const gaps = await findStoreGaps(sql);
  if (gaps.length > 0) await addWarnings(sql, last.importId, gaps);
  return { files: [...loaded.slice(0, -1), { ...last, warnings: [...last.warnings, ...gaps] }], gaps };
}
