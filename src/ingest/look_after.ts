import type { Sql } from "../db/connection/client.ts";
import { addWarnings } from "../db/imports/imports.ts";
import { findStoreGaps } from "../db/stores/store_gaps.ts";
import type { Warning } from "../domain/warning.ts";
import type { ImportResult } from "./import_file.ts";

/**
 * Checks all stores after a load, and adds the warnings to the last file of the load. A check after each single file would
 * report the other files as missing.
 *
 * The files are loaded by then. If the check fails, they stay loaded, and `onFailure` gets the error.
 *
 * @returns the files, the last one with the new warnings; and those warnings
 */
export async function lookAfter(
  sql: Sql,
  loaded: readonly ImportResult[],
  onFailure: (error: unknown) => void,
): Promise<{ files: ImportResult[]; gaps: Warning[] }> {
  const last = loaded.at(-1);
  if (last === undefined) return { files: [], gaps: [] };
  try {
    const gaps = await findStoreGaps(sql);
    if (gaps.length > 0) await addWarnings(sql, last.importId, gaps);
    return { files: [...loaded.slice(0, -1), { ...last, warnings: [...last.warnings, ...gaps] }], gaps };
  } catch (error) {
    onFailure(error);
    return { files: [...loaded], gaps: [] };
  }
}
