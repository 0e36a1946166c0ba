import type { Polls } from "../../domain/polls/poll.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Fragment, Transaction } from "../connection/client.ts";
import { plainArray } from "../stores/staging.ts";
import { readRules, type StoreRules } from "../stores/store_rules.ts";
import type { StoreRange } from "../stores/stores.ts";
import { within } from "../tags/store_ranges.ts";
import { readDays } from "./packed_days.ts";

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

/** A run of UTC days. */
export interface DaySpan {
  readonly first: EpochDay;
  /** Included. */
  readonly last: EpochDay;
}

/** Which polls are read: those of some days, up to as-of. */
export interface PollDays {
  readonly days: readonly DaySpan[];
  readonly asOf: Micros;
}

/** Reads a run of stores, in the order of their ids, and their polls of a span. */
export async function readStores(tx: Transaction, range: StoreRange, span: PollSpan): Promise<StoreRecord[]> {
  return await readStoresOn(tx, range, daysOf(span));
}

/** Reads a run of stores, in the order of their ids, and their polls of some days. */
export async function readStoresOn(
  tx: Transaction,
  range: StoreRange,
  which: PollDays,
): Promise<StoreRecord[]> {
  return await readWhere(tx, within(tx, range), which);
}

/** Reads some stores by their keys, in the order of their ids. Those that do not exist are left out. */
export async function readStoresByKey(
  tx: Transaction,
  keys: readonly number[],
  span: PollSpan | PollDays,
): Promise<StoreRecord[]> {
  return await readWhere(
    tx,
    tx`store_key = any(${plainArray(keys)}::integer[])`,
    "days" in span ? span : daysOf(span),
  );
}

/** Reads some stores by their ids, in the order of these, with all their polls up to an instant. */
export async function readStoresById(
  tx: Transaction,
  storeIds: readonly string[],
  asOf: Micros,
): Promise<StoreRecord[]> {
  return await readWhere(tx, tx`store_id = any(${[...storeIds]}::text[])`, daysOf({ from: 0, asOf }));
}

function daysOf({ from, asOf }: PollSpan): PollDays {
  return { days: [{ first: Math.floor(from / DAY), last: Math.floor(asOf / DAY) }], asOf };
}

async function readWhere(tx: Transaction, which: Fragment, { days, asOf }: PollDays): Promise<StoreRecord[]> {
  // Sent together. The days are found by an array of keys: a store's days lie side by side in the table, a join would not see that.
  const found = tx`
    select store_key, day, polls from poll_days
    where store_key = any(array(select store_key from stores where ${which})) and (${onDays(tx, days)})`;
  const [stores, polls] = await Promise.all([readRules(tx, which), readDays(tx, found, asOf)]);
  return stores.map((store) => ({ ...store, polls: polls.get(store.storeKey) ?? NO_POLLS }));
}

/** Each span is named, so that Postgres leaves out the months between them. */
function onDays(tx: Transaction, days: readonly DaySpan[]): Fragment {
  return days.reduce(
    (others, { first, last }) =>
      tx`${others} or day between ${dateOf(first * DAY)}::date and ${dateOf(last * DAY)}::date`,
    tx`false`,
  );
}

const NO_POLLS: Polls = { instants: new Float64Array(), active: new Uint8Array() };

/**
 * A store with all its polls up to an instant. All of them: an outage may have started long before the week shown, and under
 * `in-hours` an old poll may count.
 */
export async function readStore(tx: Transaction, storeId: string, asOf: Micros): Promise<StoreRecord | undefined> {
  const [store] = await readStores(tx, { first: storeId, last: storeId, stores: 1 }, { from: 0, asOf });
  return store;
}

/** Before all polls. */
const FIRST_DAY: EpochDay = -100_000;

/** A store of which earlier days are wanted: those before a day, and after another one if there is one. */
export interface WantedDays {
  readonly storeKey: number;
  readonly before: EpochDay;
  readonly after?: EpochDay | undefined;
}

/**
 * Reads, for each of some stores, its latest days with polls before a day.
 *
 * @param limit how many days of each store
 * @returns the stores that have any
 */
export async function readDaysBefore(
  tx: Transaction,
  stores: readonly WantedDays[],
  limit: number,
): Promise<Map<number, Polls>> {
  const days = tx`
    select store_key, day, polls from unnest(
      ${stores.map(({ storeKey }) => storeKey)}::integer[], ${stores.map(({ before }) => dateOf(before * DAY))}::date[],
      ${stores.map(({ after }) => dateOf((after ?? FIRST_DAY) * DAY))}::date[]
    ) as wanted (key, before, after)
    cross join lateral (
      select store_key, day, polls from poll_days
      where store_key = key and day < before and day > after order by day desc limit ${limit}
    ) latest`;
  return await readDays(tx, days, Infinity);
}

/** The UTC date of an instant, as `2023-01-25`. */
export function dateOf(instant: Micros): string {
  return new Date(Math.floor(instant / 1000)).toISOString().slice(0, 10);
}
