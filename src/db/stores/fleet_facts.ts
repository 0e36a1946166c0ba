import type { StoredRules } from "../../domain/openings/opening_rules.ts";
import type { Sql } from "../connection/client.ts";
import { type Raw, readText, readVersions } from "../postgres/raw.ts";

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

/** What is known of a store beside its polls. */
export interface KnownOfStore {
  readonly timezone: string | undefined;
  /** Without hours, a store counts as always open. */
  readonly hasHours: boolean;
}

/** What is known of some stores, by their ids. */
export async function knownOf(sql: Sql, storeIds: readonly string[]): Promise<Map<string, KnownOfStore>> {
  const rows = await sql<{ storeId: string; timezone: string | null; hasHours: boolean }[]>`
    select store_id as "storeId", timezone, hours is not null as "hasHours" from stores
    where store_id = any(${[...storeIds]}::text[])`;
  return new Map(
    rows.map(({ storeId, timezone, hasHours }) => [storeId, { timezone: timezone ?? undefined, hasHours }]),
  );
}

/** The stores that are in a zone; a store of which none is known is in the default one. */
export async function storesIn(sql: Sql, timezone: string, defaultTimezone: string): Promise<Set<string>> {
  const rows = await sql<{ storeId: string }[]>`
    select store_id as "storeId" from stores where coalesce(timezone, ${defaultTimezone}) = ${timezone}`;
  return new Set(rows.map(({ storeId }) => storeId));
}

/** The opening rules of all stores whose hours are known. */
export async function listOpeningRules(sql: Sql): Promise<{ storeId: string; rules: StoredRules }[]> {
  const rows: readonly (readonly Raw[])[] = await sql`
    select store_id, timezone, hours from stores where hours is not null`.raw();
  return rows.map(([storeId, timezone, hours]) => ({
    storeId: readText(storeId) ?? "",
    rules: { timezone: readText(timezone), versions: readVersions(hours), special: [], exclusions: [] },
  }));
}
