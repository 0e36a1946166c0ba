import type { Sql, Transaction } from "../connection/client.ts";
import { transaction } from "../postgres/transaction.ts";

/** Any number works if no other advisory lock uses it. */
const CARRY_LOCK = 7_305_415_292;

/**
 * Turns polls that an older version stored as rows into days, a month at a time. Each month is one transaction, so that this can be
 * interrupted at any moment and goes on with the next start. Processes that start together take turns.
 *
 * @param onMonth gets the month that is done, as `2023-01`, and how many polls it has
 */
export async function carryOverRows(
  sql: Sql,
  onMonth: (month: string, polls: number) => void = () => {},
): Promise<void> {
  while (await hasRows(sql)) {
    const done = await transaction(sql, carryMonth);
    if (done !== undefined) onMonth(done.month, done.polls);
  }
}

/** Whether polls of an older version are still stored as rows. */
export async function hasRows(sql: Sql | Transaction): Promise<boolean> {
  // Not to_regclass: what it remembers may be older than the lock that this transaction waited for.
  const [row] = await sql<{ rows: boolean }[]>`
    select exists (
      select from pg_class where relname = 'poll_rows' and relnamespace = current_schema()::regnamespace
    ) as rows`;
  return row?.rows ?? false;
}

/** @returns undefined after the last month, when the table of rows is gone */
async function carryMonth(tx: Transaction): Promise<{ month: string; polls: number } | undefined> {
  await tx`select pg_advisory_xact_lock(${CARRY_LOCK})`;
  if (!(await hasRows(tx))) return undefined;
  const [oldest] = await tx<{ name: string; month: string }[]>`
    select inhrelid::regclass::text as name, replace(right(inhrelid::regclass::text, 7), '_', '-') as month
    from pg_inherits where inhparent = 'poll_rows'::regclass order by 1 limit 1`;
  if (oldest === undefined) {
    await tx`drop table poll_rows`;
    return undefined;
  }
  const { name, month } = oldest;
  const polls = await carryRows(tx, name, month);
  await tx`drop table ${tx(name)}`;
  return { month, polls };
}

async function carryRows(tx: Transaction, name: string, month: string): Promise<number> {
  await tx`set local work_mem = '256MB'`;
  await tx`select provide_poll_days_of(${`${month}-01`}::date)`;
  const [row] = await tx<{ polls: number }[]>`
    with carried as (
      insert into poll_days (store_key, day, polls)
      select store_key, (at at time zone 'UTC')::date, string_agg(poll_entry(at, active), ''::bytea order by at)
      from ${tx(name)} group by 1, 2 order by 1, 2
      returning polls
    )
    select coalesce(sum(length(polls)) / 5, 0)::bigint as polls from carried`;
  return row?.polls ?? 0;
}
