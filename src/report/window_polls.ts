import type { Transaction } from "../db/connection/client.ts";
import { readPollsBefore, readStores, type StoreRecord } from "../db/polls/polls.ts";
import { HOUR, type Micros } from "../domain/time/interval.ts";
import { METHODS } from "../domain/method.ts";
import { joined } from "../domain/polls/poll.ts";
import { pollsUsed } from "../domain/measures/store_measures.ts";
import { spanOf, windowsBefore } from "../domain/time/window.ts";
import type { Chunk } from "./chunk.ts";
import type { Timezones } from "./timezones.ts";

/**
 * Reads the stores of a chunk, with their polls of the windows and a little more, which for nearly all stores has the poll that
 * says what holds when the windows begin. For the others older polls are read, however old.
 */
export async function readWindows(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<StoreRecord[]> {
  const { pollsUsed } = METHODS[chunk.request.method];
  const from = beginning(chunk) - (pollsUsed === "all" ? 3 * HOUR : 48 * HOUR);
  const stores = await readStores(tx, chunk.range, { from, asOf: chunk.request.asOf });
  return await reachBack(tx, stores, { from, limit: 1, isComplete: (store) => isComplete(store, chunk, timezones) });
}

/** The instant at which the first window begins. */
function beginning({ request: { windows, asOf, method } }: Chunk): Micros {
  return spanOf(windowsBefore(windows, asOf, METHODS[method])).start;
}

interface ReachBack {
  /** Polls from here on have been read. */
  readonly from: Micros;
  readonly limit: number;
  readonly isComplete: (store: StoreRecord) => boolean;
}

/** Reads more and more polls before those that are there, until no store lacks any or none has more. */
async function reachBack(tx: Transaction, stores: StoreRecord[], search: ReachBack): Promise<StoreRecord[]> {
  const before = ({ polls }: StoreRecord) => Math.min(polls.instants[0] ?? search.from, search.from);
  const incomplete = stores.filter((store) => !search.isComplete(store));
  if (incomplete.length === 0) return stores;
  const wanted = incomplete.map((store) => ({ storeKey: store.storeKey, before: before(store) }));
  const older = await readPollsBefore(tx, wanted, search.limit);
  if (older.size === 0) return stores;
  const extended = stores.map((store) => {
    const more = older.get(store.storeKey);
    return more === undefined ? store : { ...store, polls: joined(more, store.polls) };
  });
  return await reachBack(tx, extended, { ...search, limit: search.limit * 16 });
}

/** Whether the polls that were read say what holds when the windows begin. Under `nearest`, half an hour is enough. */
function isComplete(store: StoreRecord, chunk: Chunk, timezones: Timezones): boolean {
  const method = METHODS[chunk.request.method];
  const rules = timezones.open(store.rules);
  if (rules instanceof RangeError || method.pollSpeaksFor === "30 minutes around") return true;
  const [first] = pollsUsed({ rules, polls: store.polls }, chunk.request.asOf, method).instants;
  return first !== undefined && first <= beginning(chunk);
}
