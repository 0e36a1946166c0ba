import { setTimeout as delay } from "node:timers/promises";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { codeOf } from "../../error_code.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { transaction } from "../postgres/transaction.ts";

/** The months, in UTC, that some polls fall in. */
export class Months {
  readonly #days = new Set<number>();

  add(instant: Micros): void {
    this.#days.add(Math.floor(instant / DAY));
  }

  /** First days of months, as `2023-01-01`. */
  list(): string[] {
    const firsts = Array.from(this.#days, (day) => `${new Date(day * (DAY / 1000)).toISOString().slice(0, 7)}-01`);
    return [...new Set(firsts)].sort();
  }
}

/**
 * Creates the partitions for some polls, each in its own transaction, so that other writers wait only briefly. An empty partition
 * does no harm.
 */
export async function providePartitions(sql: Sql, months: Months): Promise<void> {
  // A transaction for each: one that holds a month and waits for the next could deadlock with another process.
  for (const month of months.list()) await sql`select provide_polls_of(${month}::date)`;
}

/**
 * Lets Postgres note that new polls and outages are visible to all. Without this note a report reads tables as well as their indexes.
 * A method that reads every poll then takes five times as long. A failure here does no harm: the polls are stored.
 */
export async function vacuumPartitions(sql: Sql, months: Months): Promise<void> {
  for (const month of months.list()) {
    const partition = `polls_${month.slice(0, 7).replace("-", "_")}`;
    await sql`vacuum (analyze, skip_locked) ${sql(partition)}`.catch(() => {});
  }
  await sql`vacuum (analyze, skip_locked) outages, stores`.catch(() => {});
}

/** A month of polls, as `2023-01`. */
export interface MonthOfPolls {
  readonly month: string;
  readonly polls: number;
}

/** What {@linkcode dropPartitionsBefore} would drop, earliest first. */
export async function countPollsBefore(sql: Sql, before: Micros): Promise<MonthOfPolls[]> {
  const months: MonthOfPolls[] = [];
  for (const name of await partitionsBefore(sql, before)) {
    const [row] = await sql<{ polls: number }[]>`select count(*) as polls from ${sql(name)}`;
    months.push({ month: name.slice(-7).replace("_", "-"), polls: row?.polls ?? 0 });
  }
  return months;
}

async function partitionsBefore(sql: Sql | Transaction, before: Micros): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'polls'::regclass
      and to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM') + interval '1 month' <= instant(${before}) at time zone 'UTC'
    order by 1`;
  return rows.map(({ name }) => name);
}

/**
 * Drops the polls of all months that are over before an instant. A month that reaches over it is kept whole.
 *
 * Waits up to a minute for reports and loads that use them.
 *
 * @returns the names of the partitions that are gone
 * @throws {Error} if they were in use all the time
 */
export async function dropPartitionsBefore(sql: Sql, before: Micros): Promise<string[]> {
  return await untilFree(() => tryDrop(sql, before));
}

/**
 * Repeats a transaction that waits only briefly for locks, until what it needs is free.
 *
 * @throws {Error} if it was in use for a minute
 */
export async function untilFree<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1;; tries++) {
    try {
      return await attempt();
    } catch (cause) {
      if (!isLockTimeout(cause)) throw cause;
      if (tries === MOST_TRIES) throw new Error("Reports or loads keep using these months: try again later", { cause });
      await delay(1_000);
    }
  }
}

const MOST_TRIES = 60;

/** Postgres' code for a lock timeout. */
function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === "55P03";
}

async function tryDrop(sql: Sql, before: Micros): Promise<string[]> {
  return await transaction(sql, async (tx) => {
    // Later sessions wait for this one while it waits for a report, and that report's own workers are among them.
    await tx`set local lock_timeout = '200ms'`;
    const partitions = await partitionsBefore(tx, before);
    await tx`delete from outages where ended <= ${monthOf(tx, before)}`;
    for (const name of partitions) await tx`drop table ${tx(name)}`;
    await cutOutages(tx, before);
    await tx`delete from latest_polls where at < ${monthOf(tx, before)}`;
    await tx`delete from poll_months where month < month_of(instant(${before}))`;
    return partitions;
  });
}

/** Cuts outages that cross the border, at most one for each store, to what the remaining polls show. */
async function cutOutages(tx: Transaction, before: Micros): Promise<void> {
  const firstLeft = tx`
    select min(at) from polls where polls.store_key = outages.store_key and at >= began and at < ended and not active`;
  await tx`delete from outages where began < ${monthOf(tx, before)} and (${firstLeft}) is null`;
  await tx`update outages set began = (${firstLeft}) where began < ${monthOf(tx, before)}`;
}

/** The beginning of the month that an instant lies in. */
function monthOf(tx: Transaction, instant: Micros) {
  return tx`date_trunc('month', instant(${instant}) at time zone 'UTC') at time zone 'UTC'`;
}
