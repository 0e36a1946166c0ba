import type { Micros } from "../domain/interval.ts";
import type { Sql } from "./client.ts";
import { type Import, type ImportColumns, importColumns, toImport } from "./imports.ts";

/** A file that was loaded or that failed, and when. */
export interface PastImport extends Import {
  readonly startedAt: Micros;
  readonly finishedAt: Micros;
}

/** The files that were loaded last, or that failed, latest first. */
export async function listImports(sql: Sql, limit: number): Promise<PastImport[]> {
  const rows = await sql<(ImportColumns & Pick<PastImport, "startedAt" | "finishedAt">)[]>`
    select ${importColumns(sql)}, micros(started_at) as "startedAt", micros(finished_at) as "finishedAt"
    from imports where finished_at is not null
    order by started_at desc limit ${limit}`;
  return rows.map(toImport);
}
