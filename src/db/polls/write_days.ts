import type { PackedDay } from "../../domain/polls/poll_packer.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { plainArray } from "../stores/staging.ts";
import { notingPolls } from "../stores/store_changes.ts";
import { dateOf } from "./poll_days.ts";

/** Days in one statement, with some 80 bytes each. While a larger one is made and written, other requests would wait. */
export const MOST_DAYS = 5_000;

/** A store's day on its way to the database: the store by key or id, the day as `2023-01-25`, its entries in hexadecimal. */
export interface DayToWrite<Store> {
  readonly store: Store;
  readonly day: string;
  readonly entries: string;
}

/** Days as runs that one statement takes. */
export function* batches<Day>(days: Iterable<Day>): Generator<Day[]> {
  let batch: Day[] = [];
  for (const day of days) {
    batch.push(day);
    if (batch.length < MOST_DAYS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Makes packed days ready to be sent. Few dates come again and again, so each is written once. */
export function writer(): (day: PackedDay) => DayToWrite<number> {
  const dates = new Map<EpochDay, string>();
  return ({ store, day, bytes }) => {
    const date = dates.get(day) ?? dateOf(day * DAY);
    dates.set(day, date);
    return { store, day: date, entries: bytes.toHex() };
  };
}

/** Days as parts of a statement. */
export interface GivenDays {
  /** A query of `store_key`, `day` and `polls`: at most one row for each store and day. */
  readonly rows: Fragment;
  /** Their dates, as an array: only partitions that have one of them are looked at. */
  readonly dates: Fragment;
  /** A condition on `there.store_key` that holds for all of them. Without it, each batch of a large file reads the days of all stores. */
  readonly range: Fragment;
}

/** Days by store key, in the order of keys. */
export function daysByKey(sql: Sql | Transaction, days: readonly DayToWrite<number>[]): GivenDays {
  const [first, last] = [days.at(0)?.store ?? 0, days.at(-1)?.store ?? 0];
  const rows = sql`
    select store_key, day, decode(entries, 'hex') as polls
    from unnest(${plainArray(days.map(({ store }) => store))}::integer[], ${columnsOf(sql, days)})
      as given (store_key, day, entries)`;
  const dates = datesOf(sql, days.map(({ day }) => day));
  return { rows, dates, range: sql`there.store_key between ${first} and ${last}` };
}

/** An array of dates, each once. */
export function datesOf(sql: Sql | Transaction, dates: Iterable<string>): Fragment {
  return sql`${plainArray([...new Set(dates)])}::date[]`;
}

/**
 * Days by store id, and whether their stores had polls before. If one of the stores does not exist, none of the days are there. Each store
 * is looked up by itself: Postgres would otherwise read all stores for each batch.
 */
function daysById(sql: Sql | Transaction, days: readonly DayToWrite<string>[]): GivenDays {
  const rows = sql`
    select store_key, polled, day, polls from (
      select store_key, polled, day, decode(entries, 'hex') as polls,
        count(store_key) over () = ${days.length}::bigint as is_whole
      from unnest(${days.map(({ store }) => store)}::text[], ${columnsOf(sql, days)}) as given (given_id, day, entries)
      left join lateral (select store_key, polled from stores where store_id = given_id offset 0) store on true
    ) found
    where is_whole`;
  return { rows, dates: datesOf(sql, days.map(({ day }) => day)), range: sql`true` };
}

function columnsOf(sql: Sql | Transaction, days: readonly DayToWrite<unknown>[]): Fragment {
  return sql`
    ${plainArray(days.map(({ day }) => day))}::date[], ${plainArray(days.map(({ entries }) => entries))}::text[]`;
}

/**
 * The statement that merges `given` days into those that are there. It appends where all polls are later, merges elsewhere, and
 * leaves alone what would not change: `on conflict … where` would lock those rows. Rows are written in the order of the key, so that
 * two writers never wait for each other in a circle.
 */
function writing(sql: Sql | Transaction, { rows, dates, range }: GivenDays): Fragment {
  return sql`
    given as materialized (${rows}),
    fresh as materialized (
      select given.store_key, given.day, given.polls, there.polls as before
      from given left join poll_days there
        on there.store_key = given.store_key and there.day = given.day and there.day = any(${dates}) and ${range}
      where there.polls is distinct from given.polls
    ),
    written as (
      insert into poll_days as there (store_key, day, polls)
      select store_key, day, polls from fresh order by store_key, day
      on conflict (store_key, day) do update
        set polls = case when follows(there.polls, excluded.polls) then there.polls || excluded.polls
          else merge_polls(there.polls, excluded.polls) end
        where follows(there.polls, excluded.polls) or there.polls <> merge_polls(there.polls, excluded.polls)
      returning true
    )`;
}

/** How many polls the statement adds or alters, as far as it sees what other writers did. */
function countChanged(sql: Sql | Transaction): Fragment {
  return sql`
    select coalesce(sum(
      case when before is null or follows(before, polls) then length(polls) / 5
        else count_changes(before, merge_polls(before, polls)) end
    ), 0)::bigint
    from fresh`;
}

/**
 * Merges days of stores that exist, in a transaction that notes later what follows from them (`noteWritten`).
 *
 * @returns how many polls were added or altered
 */
export async function writeDays(tx: Transaction, days: GivenDays): Promise<number> {
  const [row] = await tx<{ changed: number }[]>`
    with ${writing(tx, days)}, changed as (${notingPolls(tx)}) select (${countChanged(tx)}) as changed`;
  return row?.changed ?? 0;
}

/** The same where none of the days is there yet. */
export async function insertDays(tx: Transaction, { rows }: GivenDays): Promise<number> {
  const [row] = await tx<{ changed: number }[]>`
    with written as (
      insert into poll_days (store_key, day, polls) select store_key, day, polls from (${rows}) given order by 1, 2
      returning polls
    ),
    noted as (insert into store_changes default values)
    select coalesce(sum(length(polls)) / 5, 0)::bigint as changed from written`;
  return row?.changed ?? 0;
}

/**
 * Notes the latest poll, and that stores have polls. It comes last in a transaction, since other writers wait for these rows.
 *
 * @param keys a query for the `store_key` of each store that got polls
 */
export async function noteWritten(tx: Transaction, keys: Fragment, latest: Micros): Promise<void> {
  await tx`with ${noting(tx, { keys, which: tx`store_key in (${keys})` }, latest)} select`;
}

/** Stores that got polls. */
interface Written {
  readonly keys: Fragment;
  /** A condition on `stores` that holds for those of them that had none before. */
  readonly which: Fragment;
}

function noting(sql: Sql | Transaction, { keys, which }: Written, latest: Micros): Fragment {
  return sql`
    unpolled as (select store_key from stores where not polled and ${which} order by store_key for no key update),
    marked as (update stores set polled = true where store_key in (select store_key from unpolled)),
    noted as (
      insert into latest_polls (slot, at)
      select pg_backend_pid() % 64, instant(${latest}) where exists (${keys})
      on conflict (slot) do update set at = excluded.at where excluded.at > latest_polls.at
    )`;
}

/** Live polls, by days. */
export interface LiveDays {
  /** The days of one store after those of another. */
  readonly days: readonly DayToWrite<string>[];
  /** The instants of the first and of the last of the polls. */
  readonly earliest: Micros;
  readonly latest: Micros;
}

/**
 * Merges days and notes what follows from them, all in one statement: for a live feed.
 *
 * @returns how many polls were added or altered; undefined if a store does not exist, and then nothing was written
 */
export async function writeLiveDays(
  sql: Sql | Transaction,
  { days, earliest, latest }: LiveDays,
): Promise<number | undefined> {
  const written = {
    keys: sql`select store_key from given`,
    which: sql`store_key = any(array(select store_key from given where not polled))`,
  };
  // To count what was written makes Postgres write days before it notes anything: all writers lock rows in this order.
  const [row] = await sql<{ found: boolean; changed: number; written: number }[]>`
    with ${writing(sql, daysById(sql, days))},
    ${noting(sql, written, latest)}, changed as (${notingPolls(sql, earliest)})
    select exists (select from given) as found, (${
    countChanged(sql)
  }) as changed, (select count(*) from written) as written`;
  return row?.found === true ? row.changed : undefined;
}
