import { gzipSync } from "node:zlib";
import { importFile, type ImportResult } from "../../src/ingest/import_file.ts";
import type { ImportInput } from "../../src/ingest/input_file.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { RULES } from "./rules.ts";

export const POLLS = "store_id,status,timestamp_utc";
export const HOURS = "store_id,day,start_time_local,end_time_local";
export const TIMEZONES = "store_id,timezone_str";

/** The bytes of a text, in pieces of a size: as a network may deliver them. */
export function bodyOf(content: string | Uint8Array, piece = 65_536): ReadableStream<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return ReadableStream.from(function* () {
    for (let start = 0; start < bytes.length; start += piece) yield bytes.slice(start, start + piece);
  }());
}

export function gzip(content: string | Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(content));
}

/** For a file of which any number of rows may be bad. */
export const ANY_REJECTS = { maxRejects: { rows: Infinity } } as const;

/** Imports a text or bytes as if they were a file. */
export async function importText(
  sql: Sql,
  content: string | Uint8Array,
  input: Omit<Partial<ImportInput>, "body"> = {},
): Promise<ImportResult> {
  return await importFile(sql, { zoneRules: RULES, source: "test.csv", ...input, body: bodyOf(content) });
}

/** Polls of the database as `store instant status`, sorted. */
export async function storedPolls(sql: Sql): Promise<string[]> {
  const rows = await sql<{ poll: string }[]>`
    select store_id || ' ' || micros(at) || ' ' || case when active then 'active' else 'inactive' end as poll
    from polls order by store_id, at`;
  return rows.map(({ poll }) => poll);
}

/** Business hours of the database as `store day start-end`, sorted. */
export async function storedHours(sql: Sql): Promise<string[]> {
  const rows = await sql<{ hours: string }[]>`
    select store_id || ' ' || day || ' ' || start_time || '-' || end_time as hours
    from business_hours join stores using (store_key) order by 1`;
  return rows.map(({ hours }) => hours);
}

/** Stores of the database as `store zone`, sorted. */
export async function storedStores(sql: Sql): Promise<string[]> {
  const rows = await sql<{ store: string }[]>`
    select store_id || ' ' || coalesce(timezone, '-') as store from stores order by store_id`;
  return rows.map(({ store }) => store);
}

/** How many rows all tables have that an import may change. */
export async function rowsOfAllTables(sql: Sql): Promise<number> {
  const [row] = await sql<{ rows: number }[]>`
    select (select count(*) from stores) + (select count(*) from polls) + (select count(*) from business_hours)
      + (select count(*) from imports) + (select count(*) from rejects) as rows`;
  return row?.rows ?? NaN;
}
