import type { Sql } from "./client.ts";
import { type Import, type ImportColumns, importColumns, toImport } from "./imports.ts";

/** The files that were loaded last, or that failed, latest first. */
export async function listImports(sql: Sql, limit: number): Promise<Import[]> {
  const rows = await sql<ImportColumns[]>`
    select ${importColumns(sql)} from imports where finished_at is not null order by started_at desc limit ${limit}`;
  return rows.map(toImport);
}
