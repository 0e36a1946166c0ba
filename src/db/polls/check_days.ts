import { isWellFormed, mended } from "../../domain/polls/poll_day.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { latestPoll, noteLatestAgain } from "./latest_poll.ts";
import { listPartitions, partitionOf } from "./partitions.ts";

/** Something that is wrong with stored polls. */
export interface PollFault {
  readonly code: keyof typeof MENDS;
  /** What is wrong, and where. */
  readonly message: string;
}

/** What a repair does, by the fault. */
export const MENDS = {
  malformed_day: "its polls are sorted, and what is no poll of the day is removed",
  misnamed_partition: "it gets the name of its month, by which loads look for it",
  no_store: "it is removed: no store has it, and no report shows it",
  not_marked_polled: "they are marked as polled",
  wrong_latest_poll: "the latest poll is noted again",
} as const;

/** Days that are read at a time. */
const BATCH = 5_000;

/**
 * Proves that stored polls are as they have to be: each day well formed and of a store that exists, each partition
 * named after its month, the latest poll and the stores that were ever polled noted rightly. Yields what is not.
 */
export async function* findPollFaults(sql: Sql): AsyncGenerator<PollFault> {
  for (const { name, month } of await listPartitions(sql)) {
    for await (const day of malformedDays(sql, name)) yield dayFault("malformed_day", day, "has polls out of order");
    if (name !== partitionOf(month)) {
      yield {
        code: "misnamed_partition",
        message: `the partition of ${month} is called ${name}, not ${partitionOf(month)}`,
      };
    }
    for (const day of await daysWithoutStore(sql, name)) yield dayFault("no_store", day, "belongs to no store");
  }
  const unmarked = await unmarkedStores(sql);
  if (unmarked > 0) {
    yield { code: "not_marked_polled", message: `stores that have polls and are not marked as polled: ${unmarked}` };
  }
  const [noted, found] = [await latestPoll(sql), await searchLatest(sql)];
  if (noted !== found) {
    const shown = (at: Micros | undefined) => at === undefined ? "none" : new Date(at / 1000).toISOString();
    yield { code: "wrong_latest_poll", message: `the latest poll is ${shown(found)}, but ${shown(noted)} is noted` };
  }
}

/** A row of `poll_days`. */
interface DayRow {
  readonly storeKey: number;
  /** As `2023-01-25`. */
  readonly day: string;
}

function dayFault(code: PollFault["code"], { storeKey, day }: DayRow, what: string): PollFault {
  return { code, message: `the day ${day} of the store with key ${storeKey} ${what}` };
}

async function* malformedDays(
  sql: Sql | Transaction,
  partition: string,
): AsyncGenerator<DayRow & { readonly polls: Uint8Array }> {
  const rows = sql<(DayRow & { polls: Uint8Array })[]>`
    select store_key as "storeKey", day::text as day, polls from ${sql(partition)}`.cursor(BATCH);
  for await (const batch of rows) {
    for (const row of batch) if (!isWellFormed(row.polls)) yield row;
  }
}

async function daysWithoutStore(sql: Sql | Transaction, partition: string): Promise<DayRow[]> {
  return await sql<DayRow[]>`
    select store_key as "storeKey", day::text as day from ${sql(partition)} days
    where not exists (select from stores where stores.store_key = days.store_key) order by 1, 2`;
}

async function unmarkedStores(sql: Sql): Promise<number> {
  const [row] = await sql<{ stores: number }[]>`
    select count(*) as stores from stores
    where not polled and exists (select from poll_days where poll_days.store_key = stores.store_key)`;
  return row?.stores ?? 0;
}

async function searchLatest(sql: Sql): Promise<Micros | undefined> {
  const [row] = await sql<{ at: Micros | null }[]>`
    select micros(max(poll_instant(day, substr(polls, length(polls) - 4)))) as at from poll_days`;
  return row?.at ?? undefined;
}

/** Mends all that {@linkcode findPollFaults} finds. Writers wait meanwhile. */
export async function repairPolls(tx: Transaction): Promise<void> {
  await tx`lock table poll_days in share row exclusive mode`;
  for (const { name, month } of await listPartitions(tx)) {
    await mendDays(tx, name);
    await tx`delete from ${
      tx(name)
    } days where not exists (select from stores where stores.store_key = days.store_key)`;
    if (name !== partitionOf(month)) await tx`alter table ${tx(name)} rename to ${tx(partitionOf(month))}`;
  }
  await tx`
    update stores set polled = true
    where not polled and exists (select from poll_days where poll_days.store_key = stores.store_key)`;
  await noteLatestAgain(tx);
}

async function mendDays(tx: Transaction, partition: string): Promise<void> {
  const found = await Array.fromAsync(malformedDays(tx, partition));
  for (const { storeKey, day, polls } of found) {
    const good = mended(polls);
    const at = tx`store_key = ${storeKey} and day = ${day}::date`;
    if (good.length === 0) await tx`delete from ${tx(partition)} where ${at}`;
    else await tx`update ${tx(partition)} set polls = ${good} where ${at}`;
  }
}
