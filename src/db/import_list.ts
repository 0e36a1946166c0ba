import type { Micros } from "../domain/interval.ts";
import type { Sql } from "./client.ts";
import type { Import } from "./imports.ts";

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
