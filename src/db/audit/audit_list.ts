import type { Actor } from "../../domain/actor.ts";
import type { AuditAction } from "../../domain/audited.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import type { AuditedFields } from "./audit.ts";

/** A change that the audit has. */
export interface AuditedChange {
  readonly auditId: number;
  readonly at: Micros;
  readonly actor: Actor;
  readonly requestId: string | null;
  readonly action: AuditAction;
  readonly subject: string | null;
  readonly storesTotal: number | null;
  /** The first of them, in the order of ids. Null if they were too many to list, or it is not about single stores. */
  readonly storeIds: readonly string[] | null;
  readonly isForAnyStore: boolean;
  readonly where: TagFilter | null;
  readonly before: AuditedFields | null;
  readonly after: AuditedFields | null;
}

/** A place in the audit: the next page begins after this one. */
export type AuditPosition = Pick<AuditedChange, "at" | "auditId">;

export interface AuditSearch {
  readonly actor?: Actor | undefined;
  readonly action?: AuditAction | undefined;
  /** Actions that are left out. */
  readonly without?: readonly AuditAction[] | undefined;
  /** Changes that name a store, and those that may concern any. */
  readonly storeId?: string | undefined;
  readonly since?: Micros | undefined;
  /** Without this instant. */
  readonly until?: Micros | undefined;
  readonly after?: AuditPosition | undefined;
  readonly limit: number;
}

/** How many stores of a change are listed. */
export const STORES_SHOWN = 100;

/** Changes, the latest first. */
export async function listAudit(sql: Sql | Transaction, search: AuditSearch): Promise<AuditedChange[]> {
  const { actor, action, without, storeId, since, until, after, limit } = search;
  return await sql<AuditedChange[]>`
    select audit_id as "auditId", micros(at) as at, actor, request_id as "requestId", action, subject,
      stores_total as "storesTotal", store_ids[:${STORES_SHOWN}::integer] as "storeIds",
      for_any_store as "isForAnyStore", tags as where, before, after
    from audit
    where true
      ${actor === undefined ? sql`` : sql`and actor = ${actor}`}
      ${action === undefined ? sql`` : sql`and action = ${action}`}
      ${without === undefined ? sql`` : sql`and action <> all(${[...without]}::text[])`}
      ${storeId === undefined ? sql`` : sql`and (store_ids @> array[${storeId}::text collate "C"] or for_any_store)`}
      ${since === undefined ? sql`` : sql`and at >= instant(${since})`}
      ${until === undefined ? sql`` : sql`and at < instant(${until})`}
      ${after ? sql`and (at, audit_id) < (instant(${after.at}), ${after.auditId})` : sql``}
    order by at desc, audit_id desc limit ${limit}`;
}
