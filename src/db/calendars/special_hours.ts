import type { Sql, Transaction } from "../connection/client.ts";
import type { StagedTimes } from "../stores/stage_special_hours.ts";
import { plainArray } from "../stores/staging.ts";

/** The opening times of one date. */
export interface SpecialDate {
  /** `2026-12-25` */
  readonly date: string;
  /** None: closed all day. */
  readonly openings: readonly StagedTimes[];
  readonly reason: string | undefined;
}

/** A date that holds for a store. */
export interface HoldingDate extends SpecialDate {
  /** Whether it is a rule for all stores, and the store has none of its own. */
  readonly isForAll: boolean;
}

/** In place of a store's key: the rules for all stores. */
export const RULES_FOR_ALL = 0;

interface DateRow extends Omit<HoldingDate, "openings" | "reason"> {
  readonly starts: readonly string[];
  readonly ends: readonly string[];
  readonly reason: string | null;
}

/** The special hours of one date: a store's own, or the rule for all stores. */
export async function getSpecialDate(
  sql: Sql | Transaction,
  storeKey: number,
  date: string,
): Promise<SpecialDate | undefined> {
  const [row] = await sql<DateRow[]>`
    select ${columns(sql)} from special_hours where rule_key = ${storeKey} and date = ${date}::text::date`;
  return row && toDate(row);
}

/** The dates of special hours that are wanted. */
export interface DateRange {
  /** The first date. */
  readonly from?: string | undefined;
  /** Only later ones than this. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** The special hours that hold for a store, in the order of dates: its own, and for other dates the rules for all stores. */
export async function listSpecialDates(
  sql: Sql | Transaction,
  storeKey: number,
  { from = "-infinity", after = "-infinity", limit }: DateRange = {},
): Promise<HoldingDate[]> {
  const rows = await sql<DateRow[]>`
    select distinct on (date) ${columns(sql)} from special_hours
    where rule_key in (${storeKey}, ${RULES_FOR_ALL}) and date >= ${from}::text::date and date > ${after}::text::date
    order by date, rule_key = ${RULES_FOR_ALL} limit ${limit ?? null}::bigint`;
  return rows.map((row) => ({ ...toDate(row), isForAll: row.isForAll }));
}

function columns(sql: Sql | Transaction) {
  return sql`
    date::text as date, start_times::text[] as starts, end_times::text[] as ends, reason,
    rule_key = ${RULES_FOR_ALL} as "isForAll"`;
}

function toDate({ date, starts, ends, reason }: DateRow): SpecialDate {
  const openings = starts.map((start, index) => ({ start, end: ends[index] ?? "" }));
  return { date, openings, reason: reason ?? undefined };
}

/** Puts the special hours of a date in place of what was known of it. */
export async function putSpecialDate(
  tx: Transaction,
  storeKey: number,
  { date, openings, reason }: SpecialDate,
): Promise<void> {
  await tx`
    insert into special_hours (store_key, date, start_times, end_times, reason)
    select nullif(${storeKey}::integer, ${RULES_FOR_ALL}), ${date}::text::date,
      coalesce(array_agg(starts order by starts, ends), '{}'), coalesce(array_agg(ends order by starts, ends), '{}'),
      ${reason ?? null}::text
    from (
      select distinct starts, ends from unnest(
        ${plainArray(openings.map(({ start }) => start))}::interval[],
        ${plainArray(openings.map(({ end }) => end))}::interval[]
      ) as given (starts, ends)
    ) openings
    on conflict (rule_key, date) do update
    set start_times = excluded.start_times, end_times = excluded.end_times, reason = excluded.reason`;
}

/** @returns whether there were special hours of this date */
export async function removeSpecialDate(tx: Transaction, storeKey: number, date: string): Promise<boolean> {
  const { count } = await tx`
    delete from special_hours where rule_key = ${storeKey} and date = ${date}::text::date`;
  return count > 0;
}
