import type { ReportError } from "../db/chunks.ts";
import type { Sql, Transaction } from "../db/client.ts";
import { readPollsBefore, readStores, type StoreRecord } from "../db/polls.ts";
import { withSnapshot } from "../db/snapshot.ts";
import { csvRow } from "../domain/csv_row.ts";
import { type StoreWeek, sumRows, worst } from "../domain/fleet.ts";
import { HOUR, type Micros } from "../domain/interval.ts";
import { METHODS } from "../domain/method.ts";
import { joined } from "../domain/poll.ts";
import { pollsUsed, type ReportRow, reportRow } from "../domain/report_row.ts";
import { DEFAULT_TIMEZONE, openTimezone, type Timezone } from "../domain/timezone.ts";
import { windowsBefore } from "../domain/window.ts";
import { type Chunk, type ChunkResult, type ComputeChunk, WORST_STORES } from "./chunk.ts";

/** Computes chunks in this thread, over connections of its own. */
export function chunkComputer(sql: Sql, worker: number): ComputeChunk {
  const timezones = new Map<string, Timezone>();
  return async (chunk) => {
    const begun = performance.now();
    const stores = await withSnapshot(sql, chunk.snapshot, (tx) => fetchStores(tx, chunk, timezones));
    const fetched = performance.now();
    const result = computeRows(stores, chunk, timezones);
    return { ...result, worker, fetchMs: fetched - begun, computeMs: performance.now() - fetched };
  };
}

/**
 * Reads the stores of a chunk, with their polls of the week and a little more, which for nearly all stores has the poll that
 * tells the state at the week's start. For the others older polls are read, however old.
 */
async function fetchStores(tx: Transaction, chunk: Chunk, timezones: Map<string, Timezone>): Promise<StoreRecord[]> {
  const method = METHODS[chunk.method];
  const { week } = windowsBefore(chunk.asOf, method);
  const usesAll = method.pollsUsed === "all";
  const from = week.start - (usesAll ? 3 * HOUR : 48 * HOUR);
  const everyPoll = !usesAll || method.pollSpeaksFor !== "until next poll";
  const stores = await readStores(tx, chunk.range, { from, asOf: chunk.asOf, everyPoll });
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
function isSettled(store: StoreRecord, { asOf, method: name }: Chunk, timezones: Map<string, Timezone>): boolean {
  const method = METHODS[name];
  const timezone = timezoneOf(store, timezones);
  if (timezone instanceof RangeError || method.pollSpeaksFor === "30 minutes around") return true;
  const [first] = pollsUsed({ ...store, timezone }, asOf, method).instants;
  return first !== undefined && first <= windowsBefore(asOf, method).week.start;
}

type Computed = Omit<ChunkResult, "worker" | "fetchMs" | "computeMs">;

function computeRows(stores: readonly StoreRecord[], chunk: Chunk, timezones: Map<string, Timezone>): Computed {
  const rows: ReportRow[] = [];
  const weeks: StoreWeek[] = [];
  const errors: ReportError[] = [];
  let csv = "";
  for (const store of stores) {
    const timezone = timezoneOf(store, timezones);
    if (timezone instanceof RangeError) {
      errors.push({ storeId: store.storeId, reason: timezone.message });
      continue;
    }
    const row = reportRow({ ...store, timezone }, chunk.asOf, METHODS[chunk.method]);
    csv += csvRow(store.storeId, row, chunk.precision);
    rows.push(row);
    weeks.push({ storeId: store.storeId, ...row.week });
  }
  return {
    csv: new TextEncoder().encode(csv),
    rows: rows.length,
    polls: stores.reduce((sum, { polls }) => sum + polls.instants.length, 0),
    fleet: sumRows(rows),
    worst: worst(weeks, WORST_STORES),
    errors,
  };
}

/** The store's zone; an error instead if this machine's zone data lack it, since one bad store must not stop the rest. */
function timezoneOf(
  { timezone: name = DEFAULT_TIMEZONE }: StoreRecord,
  known: Map<string, Timezone>,
): Timezone | RangeError {
  const found = known.get(name);
  if (found !== undefined) return found;
  try {
    const timezone = openTimezone(name);
    known.set(name, timezone);
    return timezone;
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}
