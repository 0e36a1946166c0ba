import type { Actor } from "../../domain/actor.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { isUuid } from "../../domain/uuid.ts";
import type { Warning } from "../../domain/warning.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";

/** In the order in which a header is tried. */
export const IMPORT_KINDS = ["polls", "hours", "special-hours", "exclusions", "timezones", "stores"] as const;
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

/** What reading a file changed, dropped or chose between: the rows count, but their author should know. */
export interface Notice {
  /** For programs: `fraction_cut`. */
  readonly code: string;
  /** For people: a sentence without the count. */
  readonly message: string;
  /** How often it happened. */
  readonly count: number;
  /** The line of the file, from 1, or the index of the live poll, from 0. */
  readonly firstLine: number;
}

export interface ImportCounts {
  /** The length of the file as it came, packed or not. */
  readonly bytes: number;
  /** accepted + rejected, unless the file failed. */
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rejected rows whose store id cannot be read. */
  readonly rowsWithoutStore: number;
  /** Rows of the database that were added, altered or removed. */
  readonly changed: number;
  /** Stores that did not exist before. */
  readonly storesNew: number;
  /** The first of them, in the order of ids. */
  readonly storesNewFirst: readonly string[];
}

/** What became of a file. */
export interface ImportOutcome extends ImportCounts {
  readonly status: "loaded" | "failed";
  /** Why it failed. */
  readonly reason: string | undefined;
  readonly notices: readonly Notice[];
  readonly warnings: readonly Warning[];
}

/** A file that was loaded, or that failed and changed nothing. */
export interface Import extends ImportOutcome {
  readonly importId: string;
  /** Undefined if the file failed before its kind was known. */
  readonly kind: ImportKind | undefined;
  readonly source: string;
  readonly startedAt: Micros;
  readonly finishedAt: Micros;
}

/** A file that is going to be loaded. */
export interface NewImport extends Pick<Import, "importId" | "kind" | "source"> {
  readonly actor: Actor;
  /** The stores that the actor sees. Undefined: all stores. */
  readonly seen: TagFilter | undefined;
}

/** Notes a file before its rows. It counts as failed until `finishImport` says what became of it. */
export async function startImport(
  tx: Transaction,
  { importId, kind, source, actor, seen }: NewImport,
): Promise<void> {
  await tx`
    insert into imports (import_id, kind, source, loaded_by, seen_where, status, reason)
    values (${importId}, ${kind ?? null}, ${source}, ${actor}, ${seen === undefined ? null : JSON.stringify(seen)},
      'failed', 'The load was broken off')`;
}

/**
 * Fills in what became of a file.
 *
 * @returns when it began and ended
 * @throws {Error} if the transaction that noted it is gone: the counts must not be committed without the rows
 */
export async function finishImport(
  tx: Transaction,
  importId: string,
  { notices, warnings, reason, storesNewFirst, ...rest }: ImportOutcome,
): Promise<Pick<Import, "startedAt" | "finishedAt">> {
  const { status, bytes, rows, accepted, rejected, rowsWithoutStore, changed, storesNew } = rest;
  const [times] = await tx<Pick<Import, "startedAt" | "finishedAt">[]>`
    update imports set status = ${status}, reason = ${reason ?? null}, bytes = ${bytes}, rows = ${rows},
      accepted = ${accepted}, rejected = ${rejected}, rows_without_store = ${rowsWithoutStore}, changed = ${changed},
      stores_new = ${storesNew}, stores_new_first = ${[...storesNewFirst]}::text[],
      notices = ${JSON.stringify(notices)}, warnings = ${JSON.stringify(warnings)},
      finished_at = clock_timestamp()
    where import_id = ${importId}
    returning micros(started_at) as "startedAt", micros(finished_at) as "finishedAt"`;
  if (times === undefined) throw new Error(`Import ${importId} lost its transaction`);
  return times;
}

/** Adds the findings after all files of one command were loaded. */
export async function addWarnings(sql: Sql, importId: string, warnings: readonly Warning[]): Promise<void> {
  await sql`update imports set warnings = warnings || ${JSON.stringify(warnings)}::jsonb where import_id = ${importId}`;
}

/** A file that was loaded or failed; `undefined` if no import has that id. */
export async function getImport(sql: Sql, importId: string): Promise<Import | undefined> {
  const [row] = await sql<ImportColumns[]>`
    select ${importColumns(sql)} from imports where import_id = ${uuid(importId)}`;
  return row && toImport(row);
}

export interface ImportColumns extends Omit<Import, "kind" | "reason"> {
  readonly kind: ImportKind | null;
  readonly reason: string | null;
}

export function importColumns(sql: Sql): Fragment {
  return sql`
    import_id as "importId", kind, source, status, reason, bytes, rows, accepted, rejected, changed,
    rows_without_store as "rowsWithoutStore", stores_new as "storesNew", stores_new_first as "storesNewFirst",
    notices, warnings, micros(started_at) as "startedAt", micros(finished_at) as "finishedAt"`;
}

export function toImport(row: ImportColumns): Import {
  return { ...row, kind: row.kind ?? undefined, reason: row.reason ?? undefined };
}

/** A text that is not an id finds nothing. Without this check, Postgres would report an error. */
export function uuid(id: string): string | null {
  return isUuid(id) ? id : null;
}
