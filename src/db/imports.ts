import type { Sql, Transaction } from "./client.ts";

export const IMPORT_KINDS = ["polls", "hours", "timezones"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** A row of a file that was not loaded. */
export interface Reject {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  /** The column as the file names it; `undefined` if the row as a whole is bad. */
  readonly column: string | undefined;
  readonly value: string | undefined;
  /** Reads on after the value: "is neither active nor inactive". */
  readonly reason: string;
}

export interface ImportCounts {
  /** The length of the file as it came, packed or not. */
  readonly bytes: number;
  /** accepted + rejected */
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows of the database that were added, altered or removed. */
  readonly changed: number;
}

/** A file that was loaded. */
export interface Import extends ImportCounts {
  readonly importId: string;
  readonly kind: ImportKind;
  readonly source: string;
}

/** Notes a file before its rows. */
export async function startImport(
  tx: Transaction,
  { importId, kind, source }: Omit<Import, keyof ImportCounts>,
): Promise<void> {
  await tx`insert into imports (import_id, kind, source) values (${importId}, ${kind}, ${source})`;
}

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

/**
 * Fills in the counts of a file.
 *
 * @throws {Error} if the transaction that noted it is gone: the counts must not be committed without the rows
 */
export async function finishImport(tx: Transaction, importId: string, counts: ImportCounts): Promise<void> {
  const { count } = await tx`
    update imports set ${tx({ ...counts })}, finished_at = clock_timestamp() where import_id = ${importId}`;
  if (count !== 1) throw new Error(`Import ${importId} lost its transaction`);
}

/** A file that was loaded; `undefined` if none has that id. */
export async function getImport(sql: Sql, importId: string): Promise<Import | undefined> {
  const [found] = await sql<Import[]>`
    select import_id as "importId", kind, source, bytes, rows, accepted, rejected, changed
    from imports where import_id = ${uuid(importId)}`;
  return found;
}

/** How many rejects are fetched at a time. */
const PAGE = 1000;

/**
 * Every rejected row of a file, in the order of lines. Fetched by the page, so that a slow reader holds no connection.
 */
export async function* streamRejects(sql: Sql, importId: string): AsyncGenerator<Reject> {
  let page: Reject[] = [];
  let last = 0;
  do {
    page = await readRejects(sql, importId, { after: last, limit: PAGE });
    yield* page;
    last = page.at(-1)?.line ?? last;
  } while (page.length === PAGE);
}

/** The rejected rows of a file behind a line, in the order of lines. */
export async function readRejects(
  sql: Sql,
  importId: string,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<Reject[]> {
  const rows = await sql<{ line: number; column: string | null; value: string | null; reason: string }[]>`
    select line, column_name as column, value, reason from rejects
    where import_id = ${uuid(importId)} and line > ${after} order by line limit ${limit}`;
  return rows.map((row) => ({ ...row, column: row.column ?? undefined, value: row.value ?? undefined }));
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that is none finds nothing, instead of an error from Postgres. */
function uuid(id: string): string | null {
  return UUID.test(id) ? id : null;
}
