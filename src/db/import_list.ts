import type { Micros } from "../domain/interval.ts";
import type { Sql } from "./client.ts";
import type { Import, Reject } from "./imports.ts";

/** A file that was loaded, and when. */
export interface PastImport extends Import {
  readonly startedAt: Micros;
  readonly finishedAt: Micros;
}

/** The files that were loaded last, latest first. */
export async function listImports(sql: Sql, limit: number): Promise<PastImport[]> {
  return await sql<PastImport[]>`
    select import_id as "importId", kind, source, bytes, rows, accepted, rejected, changed,
      micros(started_at) as "startedAt", micros(finished_at) as "finishedAt"
    from imports where finished_at is not null
    order by started_at desc limit ${limit}`;
}

/** The first rejected rows of a file, in the order of lines. */
export async function firstRejects(sql: Sql, importId: string, limit: number): Promise<Reject[]> {
  const rows = await sql<{ line: number; column: string | null; value: string | null; reason: string }[]>`
    select line, column_name as column, value, reason from rejects
    where import_id = ${importId} order by line limit ${limit}`;
  return rows.map((row) => ({ ...row, column: row.column ?? undefined, value: row.value ?? undefined }));
}
