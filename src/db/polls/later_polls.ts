import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { transaction } from "../postgres/transaction.ts";
import { noteLatestAgain } from "./latest_poll.ts";
import { type Alongside, listPartitions, type MonthOfPolls, type Partition, untilFree } from "./partitions.ts";
import { dateOf } from "./poll_days.ts";

/** Each dropped partition takes some locks. A transaction can hold a few thousand. */
const MOST_AT_ONCE = 200;

/** What {@linkcode removePollsAfter} would remove, earliest first. */
export async function countPollsAfter(sql: Sql, after: Micros): Promise<MonthOfPolls[]> {
  const months: MonthOfPolls[] = [];
  for (const { name, month } of await partitionsSince(sql, after)) {
    const [row] = await sql<{ polls: number }[]>`
      select coalesce(sum(case when day > ${dateOf(after)}::date then length(polls) / 5 else (
        select count(*) from poll_entries(polls) as entry where poll_instant(day, entry) > instant(${after})
      ) end), 0)::bigint as polls
      from ${sql(name)} where day >= ${dateOf(after)}::date`;
    const polls = row?.polls ?? 0;
    if (polls > 0) months.push({ month, polls });
  }
  return months;
}

/** The partition of an instant's month, if it is there, and all later ones. */
async function partitionsSince(sql: Sql | Transaction, instant: Micros): Promise<Partition[]> {
  return (await listPartitions(sql)).filter(({ end }) => end > instant);
}

/**
 * Removes all polls after an instant.
 *
 * Waits up to a minute for reports and loads that use their months.
 *
 * @param alongside is done in the first of its transactions: it is there even if a later one fails
 * @throws {Error} if their months were in use all the time
 */
export async function removePollsAfter(
  sql: Sql,
  after: Micros,
  alongside: Alongside = async () => {},
): Promise<void> {
  const partitions = await partitionsSince(sql, after);
  let isFirst = true;
  const remove = async (work: (tx: Transaction) => Promise<void>) => {
    await untilFree(() =>
      transaction(sql, async (tx) => {
        await work(tx);
        if (isFirst) await alongside(tx);
      })
    );
    isFirst = false;
  };
  const whole = partitions.filter(({ start }) => start > after);
  while (whole.length > 0) {
    const last = whole.splice(-MOST_AT_ONCE);
    await remove((tx) => dropAll(tx, last));
  }
  const part = partitions.find(({ start }) => start <= after);
  if (part !== undefined) await remove((tx) => deleteAfter(tx, part, after));
}

async function dropAll(tx: Transaction, partitions: readonly Partition[]): Promise<void> {
  await tx`set local lock_timeout = '200ms'`;
  for (const { name } of partitions) await tx`drop table ${tx(name)}`;
  await noteLatestAgain(tx, partitions[0]?.start ?? Infinity);
}

async function deleteAfter(tx: Transaction, { name }: Partition, after: Micros): Promise<void> {
  await tx`set local lock_timeout = '200ms'`;
  // Live polls of these days wait until this is done, and are then added.
  await tx`lock table ${tx(name)} in share row exclusive mode`;
  const kept = tx`
    select string_agg(entry, ''::bytea order by entry) from poll_entries(polls) as entry
    where poll_instant(day, entry) <= instant(${after})`;
  await tx`delete from ${tx(name)} where day > ${dateOf(after)}::date`;
  await tx`delete from ${tx(name)} where day = ${dateOf(after)}::date and (${kept}) is null`;
  await tx`update ${tx(name)} set polls = (${kept}) where day = ${dateOf(after)}::date and polls <> (${kept})`;
  await noteLatestAgain(tx, after + 1);
}
