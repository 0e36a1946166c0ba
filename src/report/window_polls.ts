import type { Transaction } from "../db/connection/client.ts";
import { readDaysBefore, readStores, type StoreRecord } from "../db/polls/poll_days.ts";
import { DAY, HOUR, type Micros } from "../domain/time/interval.ts";
import { type Method, METHODS } from "../domain/method.ts";
import { followedBy } from "../domain/polls/poll.ts";
import { holdsBeyondReach } from "../domain/polls/reach.ts";
import { pollsUsed } from "../domain/measures/store_time.ts";
import { spanOf, windowsBefore } from "../domain/time/window.ts";
import type { Chunk } from "./chunk.ts";
import type { Timezones } from "./timezones.ts";

/** How far before the windows polls are read: for most stores enough to say what holds when the windows begin. */
const MARGIN = 3 * HOUR;

/**
 * Reads the stores of a chunk, with their polls of the windows and of some hours before, by whole days. For stores that no poll
 * there says anything about when the windows begin, older days are read, however old.
 */
export async function readWindows(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<StoreRecord[]> {
  const { windows, asOf, staleAfter, method: name } = chunk.request;
  const method = METHODS[name];
  const { start } = spanOf(windowsBefore(windows, asOf, method));
  // A poll that is older than `staleAfter` when a window begins makes nothing in it observed or certain. Of the last day, polls say which
  // stores are silent.
  const from = Math.min(start - Math.max(MARGIN, staleAfter), asOf - DAY);
  const stores = await readStores(tx, chunk.range, { from, asOf });
  // Where a poll does not count for long, these polls say what holds when the windows begin.
  if (!holdsBeyondReach(method)) return stores;
  const before = Math.floor(from / DAY);
  const isComplete = (store: StoreRecord) => saysWhatHolds(store, { start, method, timezones });
  return await reachBack(tx, stores, { before, days: 1, isComplete });
}

interface ReachBack {
  /** Polls from this day on have been read, of stores whose first poll is not earlier. */
  readonly before: number;
  /** How many days are read of each store. */
  readonly days: number;
  readonly isComplete: (store: StoreRecord) => boolean;
}

/** Reads more and more days before those that are there, until no store lacks any or none has more. */
async function reachBack(tx: Transaction, stores: StoreRecord[], search: ReachBack): Promise<StoreRecord[]> {
  const before = ({ polls: { instants: [first = Infinity] } }: StoreRecord) =>
    Math.min(search.before, Math.floor(first / DAY));
  const incomplete = stores.filter((store) => !search.isComplete(store));
  if (incomplete.length === 0) return stores;
  const wanted = incomplete.map((store) => ({ storeKey: store.storeKey, before: before(store) }));
  const older = await readDaysBefore(tx, wanted, search.days);
  if (older.size === 0) return stores;
  const extended = stores.map((store) => {
    const more = older.get(store.storeKey);
    return more === undefined ? store : { ...store, polls: followedBy(more, store.polls) };
  });
  return await reachBack(tx, extended, { ...search, days: search.days * 16 });
}

interface Beginning {
  /** The instant at which the first window begins. */
  readonly start: Micros;
  readonly method: Method;
  readonly timezones: Timezones;
}

/** Whether a poll that was read and that the method uses says what holds when the windows begin. */
function saysWhatHolds({ rules: stored, polls }: StoreRecord, { start, method, timezones }: Beginning): boolean {
  const [first = Infinity] = polls.instants;
  if (method.pollsUsed === "all" && first <= start) return true;
  const rules = timezones.open(stored);
  // A store whose zone is unknown has no row.
  return rules instanceof RangeError || pollsUsed({ rules, polls }, start, method).instants.length > 0;
}
