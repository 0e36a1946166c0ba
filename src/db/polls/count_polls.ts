import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { dateOf } from "./poll_days.ts";

export async function hasPolls(sql: Sql | Transaction): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from poll_days) as "some"`;
  return row?.some ?? false;
}

/** Whether any store was polled at or before an instant. A no takes a look at each day of that month: 20 ms for 14,000 stores. */
export async function hadPolls(sql: Sql, instant: Micros): Promise<boolean> {
  const day = dateOf(instant);
  const [row] = await sql<{ had: boolean }[]>`
    select exists (select from poll_days where day < ${day}::date)
      or exists (
        select from poll_days where day = ${day}::date and poll_instant(day, substr(polls, 1, 5)) <= instant(${instant})
      ) as had`;
  return row?.had ?? false;
}

/** Whether some store has polls in a month that is over before an instant. */
export async function hasPollsBefore(sql: Sql, instant: Micros): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`
    select exists (select from poll_days where day < month_of(instant(${instant}))) as "some"`;
  return row?.some ?? false;
}

export interface PollCount {
  readonly polls: number;
  /** Whether the number is Postgres' estimate. */
  readonly isEstimate: boolean;
}

/** Up to so many days, by Postgres' estimate, their polls are counted: 0.2 s. */
const MOST_COUNTED = 400_000;

/** How many polls there are. */
export async function countPolls(sql: Sql): Promise<PollCount> {
  const { days, polls } = await estimatePolls(sql);
  if (days > MOST_COUNTED) return { polls, isEstimate: true };
  const [row] = await sql<
    { polls: number }[]
  >`select coalesce(sum(length(polls)) / 5, 0)::bigint as polls from poll_days`;
  return { polls: row?.polls ?? 0, isEstimate: false };
}

/** A value of up to 126 bytes has one byte before it in its column. */
async function estimatePolls(sql: Sql): Promise<{ days: number; polls: number }> {
  const [row] = await sql<{ days: number; polls: number }[]>`
    select coalesce(sum(reltuples), 0)::bigint as days,
      coalesce(sum(reltuples * (coalesce(avg_width, 81) - 1) / 5), 0)::bigint as polls
    from pg_class
    left join pg_stats on schemaname = relnamespace::regnamespace::text and tablename = relname and attname = 'polls'
    where oid in (select relid from pg_partition_tree('poll_days') where isleaf) and reltuples > 0`;
  return row ?? { days: 0, polls: 0 };
}
