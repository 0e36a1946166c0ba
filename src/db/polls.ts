import type { BusinessHours } from "../domain/business_hours.ts";
import type { Micros } from "../domain/interval.ts";
import { interleave, type Polls } from "../domain/poll.ts";
import type { Sql, Transaction } from "./client.ts";
import type { StoreRange } from "./stores.ts";

/** A store as a chunk needs it. */
export interface StoreRecord {
  readonly storeKey: number;
  readonly storeId: string;
  readonly timezone: string | undefined;
  readonly hours: BusinessHours[];
  readonly polls: Polls;
}

/** The latest poll of all stores. */
export async function latestPoll(sql: Sql | Transaction): Promise<Micros | undefined> {
  const [row] = await sql<{ at: Micros | null }[]>`select micros(max(at)) as at from latest_polls`;
  return row?.at ?? undefined;
}

export async function hasPolls(sql: Sql | Transaction): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from polls) as "some"`;
  return row?.some ?? false;
}

interface PollsRow {
  store_key: number;
  active: Uint8Array | null;
  inactive: Uint8Array | null;
}

interface StoreRow extends PollsRow {
  store_id: string;
  timezone: string | null;
  hours: Uint8Array | null;
}

/**
 * Reads a run of stores with one query, a row per store: a row per poll would take three times as long.
 * Instants and times come as the eight bytes that Postgres keeps, so that no digit is lost and none is parsed.
 *
 * @param from the first instant whose polls are read
 * @param asOf the last one
 */
export async function readStores(
  sql: Sql | Transaction,
  { first, last }: StoreRange,
  { from, asOf }: { from: Micros; asOf: Micros },
): Promise<StoreRecord[]> {
  const rows = await sql<StoreRow[]>`
    select store_key, store_id, timezone, hours, active, inactive
    from stores
    cross join lateral (
      select string_agg(int2send(day) || time_send(start_time) || time_send(end_time), ''::bytea) as hours
      from business_hours where business_hours.store_key = stores.store_key
    ) opening_times
    cross join lateral (
      select
        string_agg(timestamptz_send(at), ''::bytea) filter (where active) as active,
        string_agg(timestamptz_send(at), ''::bytea) filter (where not active) as inactive
      from polls
      where polls.store_key = stores.store_key and at between instant(${from}) and instant(${asOf})
    ) polled
    where store_id between ${first} and ${last}
    order by store_id`;
  return rows.map((row) => ({
    storeKey: row.store_key,
    storeId: row.store_id,
    timezone: row.timezone ?? undefined,
    hours: decodeHours(row.hours),
    polls: decodePolls(row),
  }));
}

/**
 * Reads, for each of some stores, the latest `limit` polls before an instant.
 *
 * @returns the stores that have any
 */
export async function readPollsBefore(
  sql: Sql | Transaction,
  stores: readonly { readonly storeKey: number; readonly before: Micros }[],
  limit: number,
): Promise<Map<number, Polls>> {
  const rows = await sql<PollsRow[]>`
    select store_key, active, inactive
    from unnest(${stores.map(({ storeKey }) => storeKey)}::integer[], ${stores.map(({ before }) => before)}::bigint[])
      as wanted (store_key, before)
    cross join lateral (
      select
        string_agg(timestamptz_send(at), ''::bytea order by at) filter (where active) as active,
        string_agg(timestamptz_send(at), ''::bytea order by at) filter (where not active) as inactive
      from (
        select at, active from polls
        where polls.store_key = wanted.store_key and at < instant(before)
        order by at desc limit ${limit}
      ) latest
    ) polled
    where active is not null or inactive is not null`;
  return new Map(rows.map((row) => [row.store_key, decodePolls(row)]));
}

/** Postgres counts from 2000-01-01. */
const POSTGRES_EPOCH: Micros = Date.UTC(2000, 0, 1) * 1000;
const HOURS_BYTES = 18;

function decodePolls({ active, inactive }: PollsRow): Polls {
  return interleave(decodeInstants(active), decodeInstants(inactive));
}

function decodeInstants(bytes: Uint8Array | null): Float64Array {
  if (bytes === null) return new Float64Array(0);
  const view = viewOf(bytes);
  const instants = new Float64Array(bytes.length / 8);
  for (let index = 0; index < instants.length; index++) instants[index] = POSTGRES_EPOCH + int64(view, index * 8);
  return instants;
}

function decodeHours(bytes: Uint8Array | null): BusinessHours[] {
  if (bytes === null) return [];
  const view = viewOf(bytes);
  const rows: BusinessHours[] = [];
  for (let at = 0; at < bytes.length; at += HOURS_BYTES) {
    rows.push({ day: view.getInt16(at), start: int64(view, at + 2), end: int64(view, at + 10) });
  }
  return rows;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A big-endian 64-bit integer below 2^53. Two halves are four times as fast as a BigInt. */
function int64(view: DataView, at: number): number {
  return view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4);
}
