import type { Micros } from "../../domain/time/interval.ts";
import type { StoredRules } from "../../domain/openings/opening_rules.ts";
import type { Sql } from "../connection/client.ts";
import { type Raw, readHours, readText } from "../postgres/raw.ts";

/** How much is in the database. */
export interface FleetCounts {
  readonly stores: number;
  readonly withTimezone: number;
  readonly withHours: number;
  readonly polls: number;
  /** Whether the number of polls is Postgres' estimate, since counting millions of them takes seconds. */
  readonly isEstimate: boolean;
}

/** Up to so many polls by Postgres' estimate, they are counted. */
const MOST_COUNTED = 200_000;

export async function countFleet(sql: Sql): Promise<FleetCounts> {
  const [[counts], estimate] = await Promise.all([
    sql<{ stores: number; withTimezone: number; withHours: number }[]>`
      select count(*) as stores, count(timezone) as "withTimezone", count(hours) as "withHours" from stores`,
    estimatePolls(sql),
  ]);
  const { stores = 0, withTimezone = 0, withHours = 0 } = counts ?? {};
  const isEstimate = estimate > MOST_COUNTED;
  return { stores, withTimezone, withHours, polls: isEstimate ? estimate : await countPolls(sql), isEstimate };
}

/** Whether polls are one table or many partitions of one. */
async function estimatePolls(sql: Sql): Promise<number> {
  const [row] = await sql<{ polls: number }[]>`
    select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as polls from pg_class
    where relkind = 'r' and (oid = 'polls'::regclass or oid in (select relid from pg_partition_tree('polls')))`;
  return row?.polls ?? 0;
}

async function countPolls(sql: Sql): Promise<number> {
  const [row] = await sql<{ polls: number }[]>`select count(*) as polls from polls`;
  return row?.polls ?? 0;
}

export async function hasStores(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from stores) as "some"`;
  return row?.some ?? false;
}

/** Whether any store was polled at or before an instant. A no takes a look-up a store: 40 ms for 14,000 of them. */
export async function hadPolls(sql: Sql, instant: Micros): Promise<boolean> {
  // Store by store, since the index of polls begins with the store.
  const [row] = await sql<{ had: boolean }[]>`
    select exists (
      select from stores cross join lateral (
        select from polls where polls.store_key = stores.store_key and at <= instant(${instant}) limit 1
      ) polled
    ) as had`;
  return row?.had ?? false;
}

/** The zones that stores are in; undefined stands for stores of which none is known. */
export async function listTimezones(sql: Sql): Promise<(string | undefined)[]> {
  const rows = await sql<{ timezone: string | null }[]>`select distinct timezone from stores order by timezone`;
  return rows.map(({ timezone }) => timezone ?? undefined);
}

/** The zones of some stores; a store of which none is known is left out. */
export async function timezonesOf(sql: Sql, storeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ storeId: string; timezone: string }[]>`
    select store_id as "storeId", timezone from stores
    where store_id = any(${[...storeIds]}::text[]) and timezone is not null`;
  return new Map(rows.map(({ storeId, timezone }) => [storeId, timezone]));
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
    rules: { timezone: readText(timezone), weekly: readHours(hours) },
  }));
}
