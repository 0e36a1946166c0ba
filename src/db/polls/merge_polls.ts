import { PollPacker } from "../../domain/polls/poll_packer.ts";
import { Turn } from "../../turn.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { retryConflicts, TRY_AGAIN } from "../postgres/retry_conflicts.ts";
import { transaction } from "../postgres/transaction.ts";
import { plainArray } from "../stores/staging.ts";
import { StoreNumbers } from "../stores/store_numbers.ts";
import { provideStores } from "../stores/stores.ts";
import { Months, providePartitions } from "./partitions.ts";
import type { StagedPoll } from "./stage_polls.ts";
import {
  batches,
  daysByKey,
  type DayToWrite,
  type LiveDays,
  MOST_DAYS,
  noteWritten,
  writeDays,
  writeLiveDays,
  writer,
} from "./write_days.ts";

/**
 * Merges some polls at once, without staging: for a live feed. It takes one statement, unless a store or a month is new, or there
 * are very many.
 *
 * @returns how many polls were added or altered
 */
export async function mergePolls(sql: Sql, polls: readonly StagedPoll[]): Promise<number> {
  const months = new Months();
  for (const { at } of polls) months.add(at);
  const live = await packLive(polls);
  // Most batches belong to months and stores that are there: to ask first would be one more question for each of them.
  return await retryConflicts(
    async () => await writeAtOnce(sql, live) ?? await transaction(sql, (tx) => writeInParts(tx, live)),
    () => providePartitions(sql, months),
  );
}

/** The same in a transaction of the caller's. The partitions have to be there. */
export async function mergePollsIn(tx: Transaction, polls: readonly StagedPoll[]): Promise<number> {
  return await writeInParts(tx, await packLive(polls));
}

async function packLive(polls: readonly StagedPoll[]): Promise<LiveDays> {
  const [turn, packer, numbers] = [new Turn(), new PollPacker(), new StoreNumbers()];
  const storeIds: string[] = [];
  let [earliest, latest] = [Infinity, -Infinity];
  for (const { storeId, at, active } of polls) {
    if (turn.isOver) await turn.pass();
    const number = numbers.numberOf(storeId);
    storeIds[number] = storeId;
    packer.add(number, at, active);
    if (at < earliest) earliest = at;
    if (at > latest) latest = at;
  }
  const toWrite = writer();
  const days: DayToWrite<string>[] = [];
  for (const day of packer.pack(Array.from({ length: numbers.count + 1 }, (_, number) => number))) {
    if (turn.isOver) await turn.pass();
    days.push({ ...toWrite(day), store: storeIds[day.store] ?? "" });
  }
  return { days, earliest, latest };
}

/** @returns undefined if it takes more than one statement: because of new stores, or of very many days */
async function writeAtOnce(sql: Sql, live: LiveDays): Promise<number | undefined> {
  return live.days.length > MOST_DAYS ? undefined : await writeLiveDays(sql, live);
}

async function writeInParts(tx: Transaction, { days, latest }: LiveDays): Promise<number> {
  // A store that is removed takes this lock alone, so that none is removed before its days are written.
  await tx`lock table only poll_days in row exclusive mode`;
  const keys = await provideStores(tx, [...new Set(days.map(({ store }) => store))]);
  const keyed = days.map(({ store, ...day }) => ({ ...day, store: keys.get(store) ?? storeRemoved() }));
  keyed.sort((a, b) => a.store - b.store);
  let changed = 0;
  for (const batch of batches(keyed)) changed += await writeDays(tx, daysByKey(tx, batch));
  await noteWritten(tx, tx`select unnest(${plainArray(keyed.map(({ store }) => store))}::integer[])`, latest);
  return changed;
}

/** A store was removed after it was found, and before it was looked up again. */
function storeRemoved(): never {
  throw Object.assign(new Error("A store was removed while polls for it came"), { code: TRY_AGAIN });
}
