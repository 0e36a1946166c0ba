import type { Sql } from "../connection/client.ts";
import { type Import, type ImportColumns, importColumns, toImport } from "./imports.ts";

/** A place in the list of imports: the next page begins after this one. */
export type ImportPosition = Pick<Import, "startedAt" | "importId">;

/** The files that were loaded last, or that failed, latest first. */
export async function listImports(sql: Sql, limit: number, after?: ImportPosition): Promise<Import[]> {
  const rows = await sql<ImportColumns[]>`
    select ${importColumns(sql)} from imports
    where finished_at is not null
      ${after ? sql`and (started_at, import_id) < (instant(${after.startedAt}), ${after.importId}::uuid)` : sql``}
    order by started_at desc, import_id desc limit ${limit}`;
  return rows.map(toImport);
}
