import type { Sql, Transaction } from "../connection/client.ts";
import { type Reject, uuid } from "./imports.ts";

export async function addRejects(tx: Transaction, importId: string, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  await tx`
    insert into rejects (import_id, line, column_name, value, reason)
    select ${importId}, line, column_name, value, reason
    from unnest(
      ${rejects.map(({ line }) => line)}::bigint[],
      ${rejects.map(({ column }) => column ?? null)}::text[],
      ${rejects.map(({ value }) => value ?? null)}::text[],
      ${rejects.map(({ reason }) => reason)}::text[]
    ) as rejected (line, column_name, value, reason)`;
}

/** How many rejects are fetched at a time. */
const PAGE = 1000;

/**
 * Every rejected row of a file, in the order of lines. Fetched by the page, so that a slow reader holds no connection.
 */
export async function* streamRejects(sql: Sql, importId: string): AsyncGenerator<Reject> {
  let page: RejectColumns[] = [];
  let last = 0;
  do {
    page = await sql<RejectColumns[]>`
      select ${rejectColumns(sql)} from rejects
      where import_id = ${uuid(importId)} and line > ${last} order by line limit ${PAGE}`;
    yield* page.map(toReject);
    last = page.at(-1)?.line ?? last;
  } while (page.length === PAGE);
}

/** The first rejected rows of a file: those with a fault of their own, then those rejected because of another row. */
export async function firstRejects(sql: Sql | Transaction, importId: string, limit: number): Promise<Reject[]> {
  const rows = await sql<RejectColumns[]>`
    select ${rejectColumns(sql)} from rejects
    where import_id = ${uuid(importId)} order by cause_line is not null, line limit ${limit}`;
  return rows.map(toReject);
}

/** Rejected rows of a file that have the same fault. */
export interface RejectReason {
  readonly column: string | undefined;
  readonly reason: string;
  readonly count: number;
  readonly firstLine: number;
}

/** Why rows of a file were rejected, the most frequent reason first. */
export async function countReasons(tx: Transaction, importId: string, limit: number): Promise<RejectReason[]> {
  const rows = await tx<{ column: string | null; reason: string; count: number; firstLine: number }[]>`
    select column_name as column,
      -- One reason, whichever line it names.
      case when cause_line is null then reason else 'is a store with a bad row, so none of its rows is used' end as reason,
      count(*) as count, min(line) as "firstLine"
    from rejects where import_id = ${importId}
    group by 1, 2 order by 3 desc, 4 limit ${limit}`;
  return rows.map((row) => ({ ...row, column: row.column ?? undefined }));
}

interface RejectColumns {
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
}

function rejectColumns(sql: Sql | Transaction) {
  return sql`line, column_name as column, value, reason`;
}

function toReject(row: RejectColumns): Reject {
  return { ...row, column: row.column ?? undefined, value: row.value ?? undefined };
}
