import type { Transaction } from "../db/connection/client.ts";
import { type DaySpan, readDaysBefore, type StoreRecord } from "../db/polls/poll_days.ts";
import { pollsUsed } from "../domain/measures/store_time.ts";
import { countUpTo, type Polls, withRun } from "../domain/polls/poll.ts";
import { type Measuring, windowsBy } from "../domain/report_request.ts";
import { DAY, type Micros } from "../domain/time/interval.ts";
import { perTimezone } from "../domain/time/per_timezone.ts";
import type { EpochDay, Timezone } from "../domain/time/timezone.ts";
import type { Timezones } from "./timezones.ts";

/** What decides which earlier days are read. */
interface Beginnings {
  /** The days that have been read, in the order of time. */
  readonly days: readonly DaySpan[];
  readonly measuring: Measuring;
  readonly timezones: Timezones;
}

/**
 * Adds the polls that say what holds when windows begin, to stores that lack them. Begins with the earliest days: if nothing lies
 * between two spans of days, the first of them says what holds.
 */
export async function readBeginnings(
  tx: Transaction,
  found: StoreRecord[],
  { days, measuring, timezones }: Beginnings,
): Promise<StoreRecord[]> {
  let stores = found;
  for (const [index, span] of days.entries()) {
    const after = days[index - 1]?.last;
    const from = after === undefined ? -Infinity : (after + 1) * DAY;
    const startOf = firstStart(measuring, span);
    const isComplete = (store: StoreRecord) => saysWhatHolds(store, { from, startOf, measuring, timezones });
    stores = await reachBack(tx, stores, { gap: { after, before: span.first }, from, days: 1, isComplete });
  }
  return stores;
}

/** When the first window within some days begins, by the zone of a store. Undefined if none does. */
function firstStart(measuring: Measuring, { first, last }: DaySpan): (timezone: Timezone) => Micros | undefined {
  const windowsOf = windowsBy(measuring);
  return perTimezone((timezone) => {
    const starts = windowsOf(timezone)
      .filter(({ start, end }) => start < end && start >= first * DAY && start < (last + 1) * DAY)
      .map(({ start }) => start);
    return starts.length === 0 ? undefined : Math.min(...starts);
  });
}

interface ReachBack {
  /** The days that have not been read: after one, if there is one, and before another. */
  readonly gap: { readonly after: EpochDay | undefined; readonly before: EpochDay };
  /** The instant with which the gap begins. */
  readonly from: Micros;
  /** How many days are read of each store. */
  readonly days: number;
  readonly isComplete: (store: StoreRecord) => boolean;
}

/** Reads more and more days of a gap, latest first, until no store lacks any or none has more. */
async function reachBack(tx: Transaction, stores: StoreRecord[], search: ReachBack): Promise<StoreRecord[]> {
  const { gap: { after, before }, from } = search;
  const incomplete = stores.filter((store) => !search.isComplete(store));
  if (incomplete.length === 0) return stores;
  const wanted = incomplete.map(({ storeKey, polls }) => {
    const first = pollsSince(polls, from).instants[0] ?? Infinity;
    return { storeKey, after, before: Math.min(before, Math.floor(first / DAY)) };
  });
  const older = await readDaysBefore(tx, wanted, search.days);
  if (older.size === 0) return stores;
  const extended = stores.map((store) => {
    const more = older.get(store.storeKey);
    return more === undefined ? store : { ...store, polls: withRun(store.polls, more) };
  });
  return await reachBack(tx, extended, { ...search, days: search.days * 16 });
}

function pollsSince({ instants, active }: Polls, from: Micros): Polls {
  const first = countUpTo(instants, from - 1);
  return { instants: instants.subarray(first), active: active.subarray(first) };
}

interface Beginning extends Omit<Beginnings, "days"> {
  /** From here on, polls have been read without a gap. */
  readonly from: Micros;
  readonly startOf: (timezone: Timezone) => Micros | undefined;
}

/** Whether a poll that was read and that the method uses says what holds when the first window begins. */
function saysWhatHolds(store: StoreRecord, { from, startOf, measuring: { method }, timezones }: Beginning): boolean {
  const timezone = timezones.of(store.rules);
  // A store whose zone is unknown has no row.
  if (timezone instanceof RangeError) return true;
  const start = startOf(timezone);
  if (start === undefined) return true;
  const polls = pollsSince(store.polls, from);
  const [first = Infinity] = polls.instants;
  if (method.pollsUsed === "all" || first > start) return first <= start;
  const rules = timezones.open(store.rules);
  return rules instanceof RangeError || pollsUsed({ rules, polls }, start, method).instants.length > 0;
}
