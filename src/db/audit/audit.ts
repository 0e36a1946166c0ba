import type { Actor } from "../../domain/actor.ts";
import type { AuditAction } from "../../domain/audited.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Transaction } from "../connection/client.ts";

/** Where a change came from. */
export interface ChangeSource {
  readonly actor: Actor;
  /** Undefined for a command. */
  readonly requestId?: string | undefined;
  /** The stores that the actor sees. Undefined: all stores. */
  readonly seen?: TagFilter | undefined;
}

/** The stores that a change concerns. */
export interface AuditedStores {
  /** Undefined if they are too many to list, or not worth it. */
  readonly ids?: readonly string[] | undefined;
  readonly total: number;
  /** Whether it is a rule for all stores, also for those that come later. */
  readonly isForAll?: boolean;
  /** The tags by which they were chosen. */
  readonly where?: TagFilter | undefined;
}

/** The fields of something that changed. */
export type AuditedFields = Readonly<Record<string, unknown>>;

/** A change, as the audit keeps it. */
export interface AuditEntry {
  readonly action: AuditAction;
  /** The id of what was changed, if it has one beside its store. */
  readonly subject?: string | undefined;
  readonly stores?: AuditedStores | undefined;
  readonly before?: AuditedFields | undefined;
  readonly after?: AuditedFields | undefined;
}

/** More stores of one change are only counted. */
export const MOST_STORES_LISTED = 10_000;
/** As UTF-8. */
const MOST_BYTES = 65_536;

/** Writes a change into the audit, in the transaction that makes it. */
export async function recordChange(
  tx: Transaction,
  { actor, requestId = "", seen }: ChangeSource,
  { action, subject, stores, before, after }: AuditEntry,
): Promise<void> {
  const ids = stores?.ids === undefined || stores.total > MOST_STORES_LISTED ? null : [...stores.ids].sort();
  const isForAny = stores?.isForAll === true || (stores?.total ?? 0) > MOST_STORES_LISTED;
  await tx`
    insert into audit
      (actor, request_id, action, subject, stores_total, store_ids, for_any_store, tags, before, after, seen_where)
    values (
      ${actor}, nullif(${requestId}, ''), ${action}, ${subject ?? null}, ${stores?.total ?? null}, ${ids}::text[],
      ${isForAny}, ${jsonOrNull(stores?.where)}, ${fitting(before)}, ${fitting(after)}, ${jsonOrNull(seen)})`;
}

function jsonOrNull(value: object | undefined): string | null {
  return value === undefined ? null : asJson(value);
}

/** Postgres keeps neither NUL nor half of a surrogate pair in JSON, and the name of a file may have them. */
function asJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, part) => typeof part === "string" ? part.toWellFormed().replaceAll("\0", "␀") : part,
  );
}

/** Leaves out the longest fields until the rest fits, and names them. */
function fitting(fields: AuditedFields | undefined): string | null {
  if (fields === undefined) return null;
  const kept = new Map(Object.entries(fields));
  const leftOut: string[] = [];
  const text = () => asJson({ ...Object.fromEntries(kept), ...leftOut.length > 0 ? { left_out: leftOut } : {} });
  while (kept.size > 0 && bytesOf(text()) > MOST_BYTES) {
    const [longest = ""] = [...kept.keys()].sort((a, b) => lengthOf(kept.get(b)) - lengthOf(kept.get(a)));
    kept.delete(longest);
    leftOut.push(longest);
  }
  return text();
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
