import { DAY } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { PackedMonth, Slice } from "../../domain/trends/packed_days.ts";
import type { Fragment, Transaction } from "../connection/client.ts";
import { dateOf } from "../polls/poll_days.ts";
import { readBytes } from "../postgres/binary_value.ts";
import { plainArray } from "../stores/staging.ts";

/** The sums of a store and month. */
export interface TrendMonth extends PackedMonth {
  readonly storeKey: number;
  /** The first date of the month. */
  readonly month: EpochDay;
}

/** The same in hexadecimal, by columns: on the way from a worker into a statement. */
export interface MonthColumns {
  readonly storeKeys: readonly number[];
  readonly months: readonly EpochDay[];
  readonly days: readonly string[];
  readonly hours: readonly string[];
}

/** Reads months of some stores. */
export async function readMonths(
  tx: Transaction,
  keys: readonly number[],
  months: readonly EpochDay[],
): Promise<TrendMonth[]> {
  return await tx<TrendMonth[]>`
    select store_key as "storeKey", days(month) as month, days, hours from trend_months
    where month = any(${dates(months)}::date[]) and store_key = any(${plainArray(keys)}::integer[])`;
}

function dates(days: readonly EpochDay[]): string {
  return plainArray(days.map((day) => dateOf(day * DAY)));
}

export async function writeMonths(tx: Transaction, { storeKeys, months, days, hours }: MonthColumns): Promise<void> {
  await tx`
    insert into trend_months (month, store_key, days, hours)
    select month, store_key, decode(days, 'hex'), decode(hours, 'hex') from unnest(
      ${dates(months)}::date[], ${plainArray(storeKeys)}::integer[], ${plainArray(days.map(quoted))}::text[],
      ${plainArray(hours.map(quoted))}::text[]
    ) as given (month, store_key, days, hours)
    order by 1, 2
    on conflict (month, store_key) do update set days = excluded.days, hours = excluded.hours`;
}

/** An empty text in an array needs quotes. */
function quoted(text: string): string {
  return `"${text}"`;
}

/** Forgets months before one that begins on a date. */
export async function dropMonthsBefore(tx: Transaction, first: EpochDay): Promise<void> {
  const month = dateOf(first * DAY);
  const { count } = await tx`delete from trend_months where month < ${month}::date`;
  if (count === 0) return;
  await tx`
    update trend_stores set kept = kept - datemultirange(daterange(null, ${month}::date))
    where kept && daterange(null, ${month}::date)`;
}

/** A part of a month's row, as it was read with many others. */
export interface MonthPart extends Slice {
  readonly month: EpochDay;
  readonly storeKey: number;
}

/** Which column is read, of which months and stores. */
export interface MonthQuestion {
  readonly months: readonly EpochDay[];
  readonly column: "days" | "hours";
  /** Undefined: of all. */
  readonly keys: readonly number[] | undefined;
}

/** Reads a column of some months, of many stores at once, month after month. */
export async function readParts(
  tx: Transaction,
  { months, column, keys }: MonthQuestion,
): Promise<Generator<MonthPart>> {
  const which: Fragment = keys === undefined ? tx`` : tx`and store_key = any(${plainArray(keys)}::integer[])`;
  const value = tx`
    select string_agg(
      int4send(days(month)) || int4send(store_key) || int4send(length(${tx(column)})) || ${tx(column)}, ''::bytea
      ${months.length > 1 ? tx`order by month` : tx``}
    )
    from trend_months where month = any(${dates(months)}::date[]) ${which}`;
  return partsOf(await readBytes(tx, value));
}

function* partsOf(bytes: DataView): Generator<MonthPart> {
  for (let at = 0; at < bytes.byteLength;) {
    const from = at + HEAD;
    const to = from + bytes.getInt32(at + 8);
    yield { month: bytes.getInt32(at), storeKey: bytes.getInt32(at + 4), bytes, from, to };
    at = to;
  }
}

/** Month, key and length stand before the bytes of a store: three numbers of four bytes. */
const HEAD = 12;
