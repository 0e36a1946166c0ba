import { rowsWithoutStore, type Warning } from "../../domain/warning.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import type { ImportKind } from "./imports.ts";

/**
 * Rejected rows whose store id cannot be read, since the last good import of their kind, as a warning. An import is good if
 * it took in rows and rejected none. A file that failed changed nothing, so it does not count.
 */
export async function findRowsWithoutStore(sql: Sql | Transaction): Promise<Warning[]> {
  const counts = await sql<{ kind: ImportKind; rows: number }[]>`
    select kind, sum(rows_without_store)::bigint as rows from imports
    where rows_without_store > 0 and status = 'loaded' and not exists (
      select from imports later
      where later.kind = imports.kind and later.finished_at > imports.finished_at
        and later.status = 'loaded' and later.accepted > 0 and later.rejected = 0
    )
    group by kind order by kind`;
  return counts.length === 0 ? [] : [rowsWithoutStore(counts)];
}
