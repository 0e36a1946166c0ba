import type { Sql, Transaction } from "../connection/client.ts";
import { type Reject, uuid } from "./imports.ts";

/** A rejected row as it is stored. */
export interface CodedReject extends Reject {
  /** The kind of fault, for programs. */
  readonly code: string;
}

export async function addRejects(tx: Transaction, importId: string, rejects: readonly CodedReject[]): Promise<void> {
  if (rejects.length === 0) return;
  await tx`
    insert into rejects (import_id, line, column_name, value, reason, code)
    select ${importId}, line, column_name, value, reason, code
    from unnest(
      ${rejects.map(({ line }) => line)}::bigint[],
      ${rejects.map(({ column }) => column ?? null)}::text[],
      ${rejects.map(({ value }) => value ?? null)}::text[],
      ${rejects.map(({ reason }) => reason)}::text[],
      ${rejects.map(({ code }) => code)}::text[]
    ) as rejected (line, column_name, value, reason, code)`;
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

/** Rejected rows of a file that have the same kind of fault. */
export interface RejectReason {
  readonly code: string;
  readonly column: string | undefined;
  /** Of the first of them. */
  readonly reason: string;
  readonly count: number;
  readonly firstLine: number;
}

/** Why rows of a file were rejected, the most frequent reason first. */
export async function countReasons(tx: Transaction, importId: string, limit: number): Promise<RejectReason[]> {
  const rows = await tx<(Omit<RejectReason, "column"> & { column: string | null })[]>`
    select code, column_name as column, (array_agg(reason order by line))[1] as reason,
      count(*) as count, min(line) as "firstLine"
    from rejects where import_id = ${importId}
    group by code, column_name order by count(*) desc, min(line) limit ${limit}`;
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
