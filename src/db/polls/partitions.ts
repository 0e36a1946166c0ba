import { setTimeout as delay } from "node:timers/promises";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { codeOf } from "../../error_code.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { transaction } from "../postgres/transaction.ts";
import { noteAnyChange } from "../stores/store_changes.ts";

/** The months, in UTC, that some polls fall in. */
export class Months {
  readonly #days = new Set<number>();
  /** The day that was added last: most files are in the order of time. */
  #last = NaN;

  add(instant: Micros): void {
    const day = Math.floor(instant / DAY);
    if (day === this.#last) return;
    this.#last = day;
    this.#days.add(day);
  }

  /** First days of months, as `2023-01-01`. */
  list(): string[] {
    const firsts = Array.from(this.#days, (day) => `${new Date(day * (DAY / 1000)).toISOString().slice(0, 7)}-01`);
    return [...new Set(firsts)].sort();
  }

  /** Their partitions of `poll_days`. */
  partitions(): string[] {
    return this.list().map((month) => partitionOf(month.slice(0, 7)));
  }
}

/**
 * Creates the partitions for some polls, each in its own transaction, so that other writers wait only briefly. An empty partition
 * does no harm.
 */
export async function providePartitions(sql: Sql, months: Months): Promise<void> {
  // A transaction for each: one that holds a month and waits for the next could deadlock with another process.
  for (const month of months.list()) await sql`select provide_poll_days_of(${month}::date)`;
}

/** Loads of more months than this leave room in their pages: setting twice as many options would take longer than it gains. */
const MOST_TIGHT = 24;

/**
 * Does some work whose new rows fill their pages. Other transactions never see the setting: it is back before this one commits. Pages
 * of live polls stay half empty, since their days grow (`0015_poll_days.sql`). A loaded day rarely grows.
 */
export async function packedTightly<Result>(
  tx: Transaction,
  months: Months,
  work: () => Promise<Result>,
): Promise<Result> {
  const firsts = months.list();
  if (firsts.length > MOST_TIGHT) return await work();
  await tx`select fill_poll_days(${firsts}::date[], 100)`;
  const result = await work();
  await tx`select fill_poll_days(${firsts}::date[], 50)`;
  return result;
}

/**
 * Lets Postgres count new rows, and note that all transactions can see them. Without this note the first reports read slowly. A failure
 * here does no harm: the polls are stored. Before Postgres 17 only an owner may do it; otherwise autovacuum does.
 */
export async function vacuumPartitions(sql: Sql, months: Months): Promise<void> {
  for (const partition of months.partitions()) {
    await sql`vacuum (analyze, skip_locked) ${sql(partition)}`.catch(() => {});
  }
  await sql`vacuum (analyze, skip_locked) stores`.catch(() => {});
}

/** A month of polls. */
export interface MonthOfPolls {
  /** As `2023-01`. */
  readonly month: string;
  readonly polls: number;
}

/** What `provide_poll_days_of` calls the partition of a month, such as `2023-01`. */
export function partitionOf(month: string): string {
  return `poll_days_${month.replace("-", "_")}`;
}

/** A partition of `poll_days`. */
export interface Partition {
  readonly name: string;
  /** Its month, as `2023-01`. */
  readonly month: string;
  /** The first instant of its month. */
  readonly start: Micros;
  /** The first instant after it. */
  readonly end: Micros;
}

/** All partitions of `poll_days`, earliest first. */
export async function listPartitions(sql: Sql | Transaction): Promise<Partition[]> {
  return await sql<Partition[]>`
    select name, to_char(month, 'YYYY-MM') as month,
      micros(month at time zone 'UTC') as start, micros((month + interval '1 month') at time zone 'UTC') as end
    from (
      select oid::regclass::text as name,
        substring(pg_get_expr(relpartbound, oid) from $$FROM \\('([0-9-]+)'\\)$$)::timestamp as month
      from pg_class where relispartition and oid in (select inhrelid from pg_inherits where inhparent = 'poll_days'::regclass)
    ) partitions
    where month is not null
    order by month`;
}

/** What {@linkcode dropPartitionsBefore} would drop, earliest first. */
export async function countPollsBefore(sql: Sql, before: Micros): Promise<MonthOfPolls[]> {
  const months: MonthOfPolls[] = [];
  for (const { name, month } of await partitionsBefore(sql, before)) {
    const [row] = await sql<{ polls: number }[]>`
      select coalesce(sum(length(polls)) / 5, 0)::bigint as polls from ${sql(name)}`;
    months.push({ month, polls: row?.polls ?? 0 });
  }
  return months;
}

async function partitionsBefore(sql: Sql | Transaction, before: Micros): Promise<Partition[]> {
  return (await listPartitions(sql)).filter(({ end }) => end <= before);
}

/**
 * Drops the polls of all months that are over before an instant. A month that reaches over it is kept whole.
 *
 * Waits up to a minute for reports and loads that use them.
 *
 * @param alongside is done only if there are such months
 * @returns the names of the partitions that are gone
 * @throws {Error} if they were in use all the time
 */
export async function dropPartitionsBefore(
  sql: Sql,
  before: Micros,
  alongside: Alongside = async () => {},
): Promise<string[]> {
  return await untilFree(() => tryDrop(sql, before, alongside));
}

/** Something to write in the transaction that removes polls. */
export type Alongside = (tx: Transaction) => Promise<void>;

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

async function tryDrop(sql: Sql, before: Micros, alongside: Alongside): Promise<string[]> {
  return await transaction(sql, async (tx) => {
    // Later sessions wait for this one while it waits for a report, and that report's own workers are among them.
    await tx`set local lock_timeout = '200ms'`;
    const partitions = await partitionsBefore(tx, before);
    for (const { name } of partitions) await tx`drop table ${tx(name)}`;
    const end = partitions.at(-1)?.end ?? -Infinity;
    if (partitions.length > 0) {
      await tx`delete from latest_polls where at < instant(${end})`;
      await noteAnyChange(tx, end);
      await alongside(tx);
    }
    return partitions.map(({ name }) => name);
  });
}
