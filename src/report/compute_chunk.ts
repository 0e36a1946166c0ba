import type { ReportError } from "../db/chunks.ts";
import type { Sql, Transaction } from "../db/client.ts";
import { readPollsBefore, readStores, type StoreRecord } from "../db/polls.ts";
import { withSnapshot } from "../db/snapshot.ts";
import { csvRow } from "../domain/csv_row.ts";
import { type StoreWeek, sumRows, worst } from "../domain/fleet.ts";
import { MINUTE } from "../domain/interval.ts";
import { METHODS } from "../domain/method.ts";
import { joined } from "../domain/poll.ts";
import { pollsUsed, type ReportRow, reportRow } from "../domain/report_row.ts";
import { DEFAULT_TIMEZONE, openTimezone, type Timezone } from "../domain/timezone.ts";
import { windowsBefore } from "../domain/window.ts";
import { type Chunk, type ChunkResult, type ComputeChunk, WORST_STORES } from "./chunk.ts";

/** Among so many polls there is nearly always one taken inside an opening, so that few stores need a second look. */
const TWO_DAYS_OF_POLLS = 48;

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

async function fetchStores(tx: Transaction, chunk: Chunk, timezones: Map<string, Timezone>): Promise<StoreRecord[]> {
  const { asOf, method } = chunk;
  const { week } = windowsBefore(asOf, METHODS[method]);
  const usesAll = METHODS[method].pollsUsed === "all";
  // A poll speaks for at most half an hour before it was taken.
  const span = { from: week.start - 30 * MINUTE, asOf, lookBack: usesAll ? 1 : TWO_DAYS_OF_POLLS };
  const stores = await readStores(tx, chunk.range, span);
  if (usesAll) return stores;
  return await Promise.all(stores.map((store) => reachBack(tx, store, chunk, timezones)));
}

/**
 * Reads older polls of a store until one is found that the method uses and that tells the state at the week's start: the
 * last poll before the week may have been taken outside of openings.
 */
async function reachBack(
  tx: Transaction,
  store: StoreRecord,
  { asOf, method }: Chunk,
  timezones: Map<string, Timezone>,
): Promise<StoreRecord> {
  const timezone = timezoneOf(store, timezones);
  const { week } = windowsBefore(asOf, METHODS[method]);
  if (timezone instanceof RangeError || store.hours.length === 0) return store;
  let { polls } = store;
  for (let limit = 64;; limit *= 4) {
    const [first] = pollsUsed({ ...store, timezone, polls }, asOf, METHODS[method]).instants;
    const [earliest] = polls.instants;
    if (earliest === undefined || (first !== undefined && first <= week.start)) return { ...store, polls };
    const older = await readPollsBefore(tx, store.storeKey, earliest, limit);
    if (older.instants.length === 0) return { ...store, polls };
    polls = joined(older, polls);
  }
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
