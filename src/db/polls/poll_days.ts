import type { Polls } from "../../domain/polls/poll.ts";
import { hexWord, POLL_BYTES, PollColumns } from "../../domain/polls/poll_day.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import type { Raw } from "../postgres/raw.ts";
import { plainArray } from "../stores/staging.ts";
import { readRules, type StoreRules } from "../stores/store_rules.ts";
import type { StoreRange } from "../stores/stores.ts";

/*
 * Polls are stored as days: a row for each store and UTC day, with five bytes for each poll (`domain/polls/poll_day.ts`). This file
 * reads them; `write_days.ts` is the only one that adds polls.
 */

/** A store as a chunk needs it. */
export interface StoreRecord extends StoreRules {
  readonly polls: Polls;
}

/** Which polls are read: those of the UTC date of `from` and of later ones, up to as-of. */
interface PollSpan {
  readonly from: Micros;
  readonly asOf: Micros;
}

/** Reads a run of stores, in the order of their ids, and their polls of a span. */
export async function readStores(
  sql: Sql | Transaction,
  { first, last }: StoreRange,
  span: PollSpan,
): Promise<StoreRecord[]> {
  return await readWhere(sql, sql`store_id between ${first} and ${last}`, span);
}

/** Reads some stores by their keys, in the order of their ids. Those that do not exist are left out. */
export async function readStoresByKey(
  sql: Sql | Transaction,
  keys: readonly number[],
  span: PollSpan,
): Promise<StoreRecord[]> {
  return await readWhere(sql, sql`store_key = any(${plainArray(keys)}::integer[])`, span);
}

async function readWhere(sql: Sql | Transaction, which: Fragment, { from, asOf }: PollSpan): Promise<StoreRecord[]> {
  // Sent together. The days are found by an array of keys: a store's days lie side by side in the table, a join would not see that.
  const [stores, days] = await Promise.all([
    readRules(sql, which),
    sql`
      select ${packedDay(sql)} from poll_days
      where store_key = any(array(select store_key from stores where ${which}))
        and day between ${dateOf(from)}::date and ${dateOf(asOf)}::date
      order by store_key, day`.raw(),
  ]);
  const polls = readPolls(days, asOf);
  return stores.map((store) => ({ ...store, polls: polls.get(store.storeKey) ?? NO_POLLS }));
}

const NO_POLLS: Polls = { instants: new Float64Array(), active: new Uint8Array() };

/**
 * A store with all its polls up to an instant. All of them: an outage may have started long before the week shown, and under
 * `in-hours` an old poll may count.
 */
export async function readStore(sql: Sql, storeId: string, asOf: Micros): Promise<StoreRecord | undefined> {
  const [store] = await readStores(sql, { first: storeId, last: storeId, stores: 1 }, { from: 0, asOf });
  return store;
}

/**
 * Reads, for each of some stores, its latest days with polls before a day.
 *
 * @param limit how many days of each store
 * @returns the stores that have any
 */
export async function readDaysBefore(
  sql: Sql | Transaction,
  stores: readonly { readonly storeKey: number; readonly before: EpochDay }[],
  limit: number,
): Promise<Map<number, Polls>> {
  const days = await sql`
    select packed from unnest(
      ${stores.map(({ storeKey }) => storeKey)}::integer[], ${stores.map(({ before }) => dateOf(before * DAY))}::date[]
    ) as wanted (key, before)
    cross join lateral (
      select store_key, day, ${packedDay(sql)} as packed from poll_days
      where store_key = key and day < before
      order by day desc limit ${limit}
    ) latest
    order by store_key, day`.raw();
  return readPolls(days, Infinity);
}

/** A day as one value: four bytes of the store's key, four of the day, then its entries. */
function packedDay(sql: Sql | Transaction): Fragment {
  return sql`int4send(store_key) || int4send(day - date '1970-01-01') || polls`;
}

/** Reads days, which come in the order of stores and days, into one pair of columns: a pair a store would keep the collector busy. */
function readPolls(rows: readonly (readonly Raw[])[], asOf: Micros): Map<number, Polls> {
  const days = rows.map(([packed = null]) => readDay(packed));
  const columns = new PollColumns(days.reduce((sum, { digits }) => sum + digits.length / (2 * POLL_BYTES), 0));
  const polls = new Map<number, Polls>();
  for (let next = 0; next < days.length;) {
    const first = columns.length;
    const storeKey = days[next]?.storeKey ?? NaN;
    for (let day = days[next]; day?.storeKey === storeKey; day = days[++next]) columns.addHex(day, asOf);
    polls.set(storeKey, columns.since(first));
  }
  return polls;
}

/** A day as it came: its polls are still the digits of the message. */
interface ReadDay {
  readonly storeKey: number;
  readonly day: EpochDay;
  readonly digits: Uint8Array;
}

/** A bytea comes as text: `\x`, and two digits for each byte. Two words of eight digits come before the polls. */
function readDay(packed: Raw): ReadDay {
  const digits = packed ?? NO_BYTES;
  return { storeKey: hexWord(digits, 2) | 0, day: hexWord(digits, 10) | 0, digits: digits.subarray(18) };
}

const NO_BYTES = new Uint8Array();

/** The UTC date of an instant, as `2023-01-25`. */
export function dateOf(instant: Micros): string {
  return new Date(Math.floor(instant / 1000)).toISOString().slice(0, 10);
}
