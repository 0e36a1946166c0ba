import type { Sql, Transaction } from "../connection/client.ts";
import { plainArray } from "./staging.ts";
import { readRules, type StoreRules } from "./store_rules.ts";

/** How many stores there are, and of how many of them the zone and the hours are known. */
export interface StoreCounts {
  readonly stores: number;
  readonly withTimezone: number;
  readonly withHours: number;
}

export async function countKnownStores(sql: Sql): Promise<StoreCounts> {
  const [counts] = await sql<StoreCounts[]>`
    select count(*) as stores, count(timezone) as "withTimezone", count(hours) as "withHours" from stores`;
  return counts ?? { stores: 0, withTimezone: 0, withHours: 0 };
}

export async function hasStores(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from stores) as "some"`;
  return row?.some ?? false;
}

/** The zones of all stores. Undefined means stores without a known zone. */
export async function listTimezones(sql: Sql): Promise<(string | undefined)[]> {
  const rows = await sql<{ timezone: string | null }[]>`select distinct timezone from stores order by timezone`;
  return rows.map(({ timezone }) => timezone ?? undefined);
}

/** What is known of a store beside its polls and its calendar. */
export interface KnownOfStore {
  readonly name: string | undefined;
  readonly timezone: string | undefined;
  /** Without hours, a store counts as always open. */
  readonly hasHours: boolean;
}

export type KnownStores = ReadonlyMap<string, KnownOfStore>;

/** What is known of some stores, by their ids. */
export async function knownOf(sql: Sql, storeIds: readonly string[]): Promise<KnownStores> {
  if (storeIds.length === 0) return new Map();
  const rows = await sql<{ storeId: string; name: string | null; timezone: string | null; hasHours: boolean }[]>`
    select store_id as "storeId", name, timezone, hours is not null as "hasHours" from stores
    where store_id = any(${[...storeIds]}::text[])`;
  return new Map(
    rows.map(({ storeId, name, timezone, hasHours }) => [
      storeId,
      { name: name ?? undefined, timezone: timezone ?? undefined, hasHours },
    ]),
  );
}

/** The stores that are in a zone; a store of which none is known is in the default one. */
export async function storesIn(sql: Sql, timezone: string, defaultTimezone: string): Promise<Set<string>> {
  const rows = await sql<{ storeId: string }[]>`
    select store_id as "storeId" from stores where coalesce(timezone, ${defaultTimezone}) = ${timezone}`;
  return new Set(rows.map(({ storeId }) => storeId));
}

/** The opening rules of all stores that may be closed or excluded at some time. */
export async function listOpeningRules(sql: Sql): Promise<StoreRules[]> {
  return await readRules(
    sql,
    sql`hours is not null or special_hours is not null or exclusions is not null or exists (
      select 1 from all_stores where special_hours is not null or exclusions is not null
    )`,
  );
}

/** A store by its key, as pages name it. */
export interface NamedStore {
  readonly storeKey: number;
  readonly storeId: string;
  readonly name: string | undefined;
  readonly timezone: string | undefined;
}

/** Some stores by their keys, in any order. */
export async function namedStores(sql: Sql | Transaction, keys: readonly number[]): Promise<Map<number, NamedStore>> {
  const rows = await sql<{ storeKey: number; storeId: string; name: string | null; timezone: string | null }[]>`
    select store_key as "storeKey", store_id as "storeId", name, timezone from stores
    where store_key = any(${plainArray(keys)}::integer[])`;
  return new Map(
    rows.map((row) => [row.storeKey, { ...row, name: row.name ?? undefined, timezone: row.timezone ?? undefined }]),
  );
}
