import type { Transaction } from "../db/client.ts";
import { readPollsBefore, readStores, type StoreRecord } from "../db/polls.ts";
import { HOUR, type Micros } from "../domain/interval.ts";
import { METHODS } from "../domain/method.ts";
import { joined } from "../domain/poll.ts";
import { pollsUsed } from "../domain/report_row.ts";
import { windowsBefore } from "../domain/window.ts";
import type { Chunk } from "./chunk.ts";
import type { Timezones } from "./timezones.ts";

/**
 * Reads the stores of a chunk, with their polls of the week and a little more, which for nearly all stores has the poll that
 * tells the state at the week's start. For the others older polls are read, however old.
 */
export async function readWeek(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<StoreRecord[]> {
  const method = METHODS[chunk.method];
  const { week } = windowsBefore(chunk.asOf, method);
  const from = week.start - (method.pollsUsed === "all" ? 3 * HOUR : 48 * HOUR);
  const stores = await readStores(tx, chunk.range, { from, asOf: chunk.asOf });
  return await reachBack(tx, stores, { from, limit: 1, isSettled: (store) => isSettled(store, chunk, timezones) });
}

interface ReachBack {
  /** Polls from here on have been read. */
  readonly from: Micros;
  readonly limit: number;
  readonly isSettled: (store: StoreRecord) => boolean;
}

/** Reads more and more polls before those that are there, until no store lacks any or none has more. */
async function reachBack(tx: Transaction, stores: StoreRecord[], search: ReachBack): Promise<StoreRecord[]> {
  const before = ({ polls }: StoreRecord) => Math.min(polls.instants[0] ?? search.from, search.from);
  const unsettled = stores.filter((store) => !search.isSettled(store));
  if (unsettled.length === 0) return stores;
  const wanted = unsettled.map((store) => ({ storeKey: store.storeKey, before: before(store) }));
  const older = await readPollsBefore(tx, wanted, search.limit);
  if (older.size === 0) return stores;
  const extended = stores.map((store) => {
    const more = older.get(store.storeKey);
    return more === undefined ? store : { ...store, polls: joined(more, store.polls) };
  });
  return await reachBack(tx, extended, { ...search, limit: search.limit * 16 });
}

/** Whether the polls that were read tell the state at the week's start. Under `nearest`, half an hour is enough. */
function isSettled(store: StoreRecord, { asOf, method: name }: Chunk, timezones: Timezones): boolean {
  const method = METHODS[name];
  const timezone = timezones.of(store);
  if (timezone instanceof RangeError || method.pollSpeaksFor === "30 minutes around") return true;
  const [first] = pollsUsed({ ...store, timezone }, asOf, method).instants;
  return first !== undefined && first <= windowsBefore(asOf, method).week.start;
}
