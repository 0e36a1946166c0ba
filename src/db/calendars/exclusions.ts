import type { Actor } from "../../domain/actor.ts";
import type { ExclusionKind } from "../../domain/openings/exclusion.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { isUuid } from "../../domain/uuid.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { plainArray } from "../stores/staging.ts";
import { lockStores } from "../stores/stores.ts";

/** What an exclusion says. */
export interface ExclusionValues {
  readonly writtenFrom: string;
  readonly writtenTo: string;
  /** Whether both ends are wall times of each store's zone, written as if the zone were UTC. */
  readonly isLocal: boolean;
  readonly from: Micros;
  readonly to: Micros;
  readonly kind: ExclusionKind;
  readonly reason: string;
}

/** An exclusion, withdrawn or not. */
export interface StoredExclusion extends ExclusionValues {
  readonly exclusionId: string;
  /** Whether it is a rule for all stores, also for those that come later. */
  readonly isForAll: boolean;
  /** The stores that it is for, as they are now. */
  readonly storesTotal: number;
  readonly madeAt: Micros;
  readonly madeBy: Actor;
  readonly withdrawnAt: Micros | undefined;
  readonly withdrawnBy: Actor | undefined;
}

/** One exclusion, as it is now. */
export interface SingleExclusion extends StoredExclusion {
  /** Tells its stores from others. */
  readonly storesHash: string;
}

export interface ExclusionRow extends Omit<StoredExclusion, "withdrawnAt" | "withdrawnBy"> {
  readonly withdrawnAt: Micros | null;
  readonly withdrawnBy: Actor | null;
}

export function exclusionColumns(sql: Sql | Transaction): Fragment {
  return sql`
    exclusions.exclusion_id as "exclusionId", for_all as "isForAll", written_from as "writtenFrom",
    written_to as "writtenTo", is_local as "isLocal", from_micros as from, to_micros as to, kind, reason,
    micros(made_at) as "madeAt", made_by as "madeBy", micros(withdrawn_at) as "withdrawnAt",
    withdrawn_by as "withdrawnBy",
    case when for_all then (select count(*) from stores) else (
      select count(*) from exclusion_stores where exclusion_stores.exclusion_id = exclusions.exclusion_id
    ) end as "storesTotal"`;
}

export function toExclusion({ withdrawnAt, withdrawnBy, ...row }: ExclusionRow): StoredExclusion {
  return { ...row, withdrawnAt: withdrawnAt ?? undefined, withdrawnBy: withdrawnBy ?? undefined };
}

export async function getExclusion(
  sql: Sql | Transaction,
  exclusionId: string,
): Promise<SingleExclusion | undefined> {
  if (!isUuid(exclusionId)) return undefined;
  const [row] = await sql<(ExclusionRow & Pick<SingleExclusion, "storesHash">)[]>`
    select ${exclusionColumns(sql)}, (
      select md5(coalesce(string_agg(store_key::text, ',' order by store_key), '')) from exclusion_stores
      where exclusion_stores.exclusion_id = exclusions.exclusion_id
    ) as "storesHash"
    from exclusions where exclusion_id = ${exclusionId}::uuid`;
  return row && { ...toExclusion(row), storesHash: row.storesHash };
}

/** The ids of the stores that an exclusion names, in order. A rule for all stores names none. */
export async function storesOfExclusion(
  sql: Sql | Transaction,
  exclusionId: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ storeId: string }[]>`
    select store_id as "storeId" from exclusion_stores join stores using (store_key)
    where exclusion_id = ${exclusionId}::uuid order by store_id limit ${limit}`;
  return rows.map(({ storeId }) => storeId);
}

/** @returns its id */
export async function insertExclusion(tx: Transaction, values: ExclusionValues, actor: Actor): Promise<string> {
  const { writtenFrom, writtenTo, isLocal, from, to, kind, reason } = values;
  const [row] = await tx<{ exclusionId: string }[]>`
    insert into exclusions (written_from, written_to, is_local, from_micros, to_micros, kind, reason, made_by)
    values (${writtenFrom}, ${writtenTo}, ${isLocal}, ${from}, ${to}, ${kind}, ${reason}, ${actor})
    returning exclusion_id as "exclusionId"`;
  if (row === undefined) throw new Error("Postgres did not name the exclusion that it stored");
  return row.exclusionId;
}

export async function updateExclusion(
  tx: Transaction,
  exclusionId: string,
  { writtenFrom, writtenTo, isLocal, from, to, kind, reason }: ExclusionValues,
): Promise<void> {
  await tx`
    update exclusions set written_from = ${writtenFrom}, written_to = ${writtenTo}, is_local = ${isLocal},
      from_micros = ${from}, to_micros = ${to}, kind = ${kind}, reason = ${reason}
    where exclusion_id = ${exclusionId}::uuid`;
}

/** Makes an exclusion hold for some stores, or for all, in place of those that it was for. */
export async function setExclusionStores(
  tx: Transaction,
  exclusionId: string,
  keys: readonly number[] | "all",
): Promise<void> {
  const wanted = plainArray(keys === "all" ? [] : keys);
  await tx`
    delete from exclusion_stores
    where exclusion_id = ${exclusionId}::uuid and store_key <> all(${wanted}::integer[])`;
  await tx`
    insert into exclusion_stores (store_key, exclusion_id)
    select store_key, ${exclusionId}::uuid from unnest(${wanted}::integer[]) as wanted (store_key) order by 1
    on conflict do nothing`;
  const { count } = await tx`
    update exclusions set for_all = ${keys === "all"}
    where exclusion_id = ${exclusionId}::uuid and for_all <> ${keys === "all"}`;
  // The trigger sees what an exclusion is for now, not what it was for.
  if (count > 0) await tx`select gather_calendars(array[0])`;
}

/** Takes an exclusion out of force. Its row stays. */
export async function withdraw(tx: Transaction, exclusionId: string, actor: Actor): Promise<void> {
  await tx`
    update exclusions set withdrawn_at = clock_timestamp(), withdrawn_by = ${actor}
    where exclusion_id = ${exclusionId}::uuid and withdrawn_at is null`;
}

/** Locks an exclusion's stores in the order of their keys, as every writer does before it changes calendars. */
export async function lockStoresOf(tx: Transaction, exclusionId: string): Promise<void> {
  if (isUuid(exclusionId)) {
    await lockStores(tx, tx`select store_key from exclusion_stores where exclusion_id = ${exclusionId}::uuid`);
  }
}
