import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { type MonthOfPolls, untilFree } from "./partitions.ts";
import { lockStores } from "../stores/stores.ts";
import { transaction } from "../postgres/transaction.ts";

/** Each dropped partition takes some locks. A transaction can hold a few thousand. */
const MOST_AT_ONCE = 200;

/** What {@linkcode removePollsAfter} would remove, earliest first. */
export async function countPollsAfter(sql: Sql, after: Micros): Promise<MonthOfPolls[]> {
  const months: MonthOfPolls[] = [];
  for (const { name } of await partitionsSince(sql, after)) {
    const [row] = await sql<{ polls: number }[]>`
      select count(*) as polls from ${sql(name)} where at > instant(${after})`;
    const polls = row?.polls ?? 0;
    if (polls > 0) months.push({ month: name.slice(-7).replace("_", "-"), polls });
  }
  return months;
}

/** The partitions of an instant's month, if it is there, and of all later ones. */
async function partitionsSince(sql: Sql | Transaction, instant: Micros): Promise<Partition[]> {
  return await sql<Partition[]>`
    select name, micros(month::timestamp at time zone 'UTC') as start
    from (
      select inhrelid::regclass::text as name, to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM') as month
      from pg_inherits where inhparent = 'polls'::regclass
    ) partitions
    where month >= month_of(instant(${instant}))
    order by month`;
}

interface Partition {
  readonly name: string;
  /** The first instant of its month. */
  readonly start: Micros;
}

/**
 * Removes all polls after an instant. Outages that these polls ended are ongoing again.
 *
 * Waits up to a minute for reports and loads that use their months.
 *
 * @throws {Error} if their months were in use all the time
 */
export async function removePollsAfter(sql: Sql, after: Micros): Promise<void> {
  const partitions = await partitionsSince(sql, after);
  const whole = partitions.filter(({ start }) => start > after);
  while (whole.length > 0) {
    const last = whole.splice(-MOST_AT_ONCE);
    await untilFree(() => transaction(sql, (tx) => dropAll(tx, last)));
  }
  const part = partitions.find(({ start }) => start <= after);
  if (part !== undefined) await untilFree(() => transaction(sql, (tx) => deleteAfter(tx, part, after)));
}

async function dropAll(tx: Transaction, partitions: readonly Partition[]): Promise<void> {
  await tx`set local lock_timeout = '200ms'`;
  for (const { name } of partitions) await tx`drop table ${tx(name)}`;
  await forgetSince(tx, partitions[0]?.start ?? Infinity);
}

async function deleteAfter(tx: Transaction, { name }: Partition, after: Micros): Promise<void> {
  await tx`set local lock_timeout = '200ms'`;
  // From the partition, not from `polls`: its trigger would recompute all outages of these stores.
  await tx`delete from ${tx(name)} where at > instant(${after})`;
  await forgetSince(tx, after + 1);
  await tx`
    delete from poll_months
    where month = month_of(instant(${after}))
      and not exists (select from ${tx(name)} polls where polls.store_key = poll_months.store_key)`;
}

/** Updates what is derived from polls after all polls from an instant on were removed. */
async function forgetSince(tx: Transaction, instant: Micros): Promise<void> {
  await lockStores(tx, tx`select store_key from outages where ended >= instant(${instant})`);
  await tx`delete from outages where began >= instant(${instant})`;
  await tx`update outages set ended = 'infinity' where ended >= instant(${instant}) and isfinite(ended)`;
  await tx`delete from poll_months where month::timestamp at time zone 'UTC' >= instant(${instant})`;
  await tx`delete from latest_polls where at >= instant(${instant})`;
  await noteLatestPoll(tx);
}

/** Looks from the last partition on, since no index of all polls is in the order of time. */
async function noteLatestPoll(tx: Transaction): Promise<void> {
  for (const { name } of (await partitionsSince(tx, 0)).toReversed()) {
    const { count } = await tx`
      insert into latest_polls select 0, max(at) from ${tx(name)} having count(*) > 0
      on conflict (slot) do update set at = greatest(latest_polls.at, excluded.at)`;
    if (count > 0) return;
  }
}
