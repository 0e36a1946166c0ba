import { POLL_BYTES } from "../../domain/polls/poll_day.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { listPartitions, type Partition } from "./partitions.ts";
import { dateOf, type DaySpan } from "./poll_days.ts";

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

/**
 * How many polls some days have about, and rather too many: by the sizes of their months' tables, of which each poll takes five bytes and
 * a share of what is around it. Statistics may be missing; sizes are always there.
 *
 * @param latest the latest poll: days of its month after it have none
 */
export async function estimatePollsOn(tx: Transaction, days: readonly DaySpan[], latest: Micros): Promise<number> {
  const parts = (await listPartitions(tx))
    .map((partition) => ({ ...partition, share: shareOf(partition, days, latest) }))
    .filter(({ share }) => share > 0);
  const sizes = await tx<{ bytes: number }[]>`
    select coalesce(pg_table_size(to_regclass(name)), 0) as bytes
    from unnest(${parts.map(({ name }) => name)}::text[]) with ordinality as parts (name, place) order by place`;
  return parts.reduce((sum, { share }, place) => sum + share * (sizes[place]?.bytes ?? 0) / POLL_BYTES, 0);
}

/** The share of a month's days with polls that some days are. */
function shareOf({ start, end }: Partition, days: readonly DaySpan[], latest: Micros): number {
  const [from, to] = [start / DAY, Math.min(end / DAY, Math.floor(latest / DAY) + 1)];
  const wanted = days.reduce(
    (sum, { first, last }) => sum + Math.max(0, Math.min(last + 1, to) - Math.max(first, from)),
    0,
  );
  return wanted === 0 ? 0 : wanted / (to - from);
}
