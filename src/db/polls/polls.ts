import type { Micros } from "../../domain/time/interval.ts";
import type { StoredRules } from "../../domain/openings/opening_rules.ts";
import { type Polls, withInactive } from "../../domain/polls/poll.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { Bytes, type Raw, readHours, readText } from "../postgres/raw.ts";
import type { StoreRange } from "../stores/stores.ts";

/** A store as a chunk needs it. */
export interface StoreRecord {
  readonly storeKey: number;
  readonly storeId: string;
  readonly rules: StoredRules;
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

/**
 * Reads a run of stores with one query, a row per store: a row per poll would take three times as long.
 * Instants and times come as the eight bytes that Postgres keeps, so that no digit is lost and none is parsed.
 *
 * @param span from the first to the last instant whose polls are read
 */
export async function readStores(
  sql: Sql | Transaction,
  { first, last }: StoreRange,
  { from, asOf }: { from: Micros; asOf: Micros },
): Promise<StoreRecord[]> {
  const rows: readonly (readonly Raw[])[] = await sql`
    select store_key, store_id, timezone, hours, instants, inactive
    from stores
    cross join lateral (
      select
        string_agg(timestamptz_send(at), ''::bytea) as instants,
        string_agg(timestamptz_send(at), ''::bytea) filter (where not active) as inactive
      from (
        select at, active from polls
        where polls.store_key = stores.store_key and at between instant(${from}) and instant(${asOf})
        order by at
      ) read
    ) polled
    where store_id between ${first} and ${last}
    order by store_id`.raw();
  const columns = new PollColumns(rows.map(([, , , , instants]) => instants));
  return rows.map(([storeKey, storeId, timezone, hours, instants, inactive]) => ({
    storeKey: Number(readText(storeKey)),
    storeId: readText(storeId) ?? "",
    rules: { timezone: readText(timezone), weekly: readHours(hours) },
    polls: columns.read(instants, inactive),
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
  const rows: readonly (readonly Raw[])[] = await sql`
    select store_key, instants, inactive
    from unnest(${stores.map(({ storeKey }) => storeKey)}::integer[], ${stores.map(({ before }) => before)}::bigint[])
      as wanted (store_key, before)
    cross join lateral (
      select
        string_agg(timestamptz_send(at), ''::bytea) as instants,
        string_agg(timestamptz_send(at), ''::bytea) filter (where not active) as inactive
      from (
        select at, active from polls
        where polls.store_key = wanted.store_key and at < instant(before)
        order by at desc limit ${limit}
      ) latest
    ) polled
    where instants is not null`.raw();
  const columns = new PollColumns(rows.map(([, instants]) => instants));
  return new Map(rows.map(([storeKey, ...polls]) => [Number(readText(storeKey)), columns.read(...polls)]));
}

/** The polls of many stores in one pair of columns: a pair of its own for each store would keep the garbage collector busy. */
class PollColumns {
  readonly #instants: Float64Array;
  readonly #active: Uint8Array;
  #used = 0;

  constructor(all: readonly (Raw | undefined)[]) {
    const length = all.reduce((sum, instants) => sum + countInstants(instants), 0);
    this.#instants = new Float64Array(length);
    this.#active = new Uint8Array(length);
  }

  read(instants: Raw = null, inactive: Raw = null): Polls {
    const from = this.#used;
    this.#used += countInstants(instants);
    return withInactive(
      readInstants(instants, this.#instants.subarray(from, this.#used)),
      readInstants(inactive),
      this.#active.subarray(from, this.#used),
    );
  }
}

/** Behind `\x`, an instant has two digits for each of eight bytes. */
function countInstants(raw: Raw = null): number {
  return raw === null ? 0 : (raw.length - 2) / 16;
}

function readInstants(raw: Raw, column: Float64Array = new Float64Array(countInstants(raw))): Float64Array {
  if (raw === null) return column;
  const bytes = new Bytes(raw);
  for (let index = 0; index < column.length; index++) column[index] = bytes.instant();
  return column;
}
