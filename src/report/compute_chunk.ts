import type { ReportError } from "../db/chunks.ts";
import type { Sql, Transaction } from "../db/client.ts";
import { withSnapshot } from "../db/snapshot.ts";
import { readOutages } from "../db/store_outages.ts";
import { csvRow } from "../domain/csv_row.ts";
import { FleetTotal, type StoreWeek, worst } from "../domain/fleet.ts";
import { hearsOutagesAlone, METHODS } from "../domain/method.ts";
import { type ReportRow, reportRow, rowOfOutages } from "../domain/report_row.ts";
import { schedule } from "../domain/schedule.ts";
import type { Timezone } from "../domain/timezone.ts";
import { windowsBefore } from "../domain/window.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";
import { type Chunk, type ChunkResult, type ComputeChunk, WORST_STORES } from "./chunk.ts";
import { Timezones } from "./timezones.ts";
import { readWeek } from "./week_polls.ts";

/**
 * Computes chunks in this thread, over connections of its own. Refuses a chunk of a report that is made by other zone rules:
 * one report has one set of them.
 */
export function chunkComputer(sql: Sql, worker: number, rules: ZoneRules): ComputeChunk {
  const timezones = new Timezones(rules);
  return async (chunk) => {
    needRules(chunk, rules);
    const begun = performance.now();
    const stores = await withSnapshot(sql, chunk.snapshot, (tx) => readChunk(tx, chunk, timezones));
    const fetched = performance.now();
    const result = computeRows(stores, chunk, timezones);
    return { ...result, worker, fetchMs: fetched - begun, computeMs: performance.now() - fetched };
  };
}

function needRules({ tzdata }: Chunk, { version }: ZoneRules): void {
  if (tzdata === version) return;
  throw new Error(
    `The report is made by the zone rules ${tzdata}, but this worker has ${version}: start all processes with the same rules`,
  );
}

/** A store of a chunk, with all that its row takes but for the zone. */
interface ChunkStore {
  readonly storeId: string;
  readonly timezone: string | undefined;
  /** How many polls its row is made of: all that were read, or those that its outages begin and end with. */
  readonly polls: number;
  readonly row: (timezone: Timezone) => ReportRow;
}

function readChunk(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<Iterable<ChunkStore>> {
  return hearsOutagesAlone(METHODS[chunk.method]) ? readOutagesOf(tx, chunk) : readPollsOf(tx, chunk, timezones);
}

async function readOutagesOf(tx: Transaction, { range, asOf, method: name }: Chunk): Promise<Iterable<ChunkStore>> {
  const method = METHODS[name];
  const windows = windowsBefore(asOf, method);
  const stores = await readOutages(tx, range, { from: windows.week.start, asOf });
  return Iterator.from(stores).map(({ storeId, timezone, hours, outages }) => ({
    storeId,
    timezone,
    polls: outages.reduce((sum, { end }) => sum + (end > asOf ? 1 : 2), 0),
    row: (timezone) => rowOfOutages(schedule(hours, timezone, windows), outages, windows, method),
  }));
}

async function readPollsOf(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<Iterable<ChunkStore>> {
  const stores = await readWeek(tx, chunk, timezones);
  return Iterator.from(stores).map((store) => ({
    storeId: store.storeId,
    timezone: store.timezone,
    polls: store.polls.instants.length,
    row: (timezone) => reportRow({ ...store, timezone }, chunk.asOf, METHODS[chunk.method]),
  }));
}

type Computed = Omit<ChunkResult, "worker" | "fetchMs" | "computeMs">;

function computeRows(stores: Iterable<ChunkStore>, chunk: Chunk, timezones: Timezones): Computed {
  const fleet = new FleetTotal();
  const weeks: StoreWeek[] = [];
  const errors: ReportError[] = [];
  const lines: string[] = [];
  let polls = 0;
  for (const store of stores) {
    polls += store.polls;
    const timezone = timezones.of(store);
    if (timezone instanceof RangeError) {
      errors.push({ storeId: store.storeId, reason: timezone.message });
      continue;
    }
    const row = store.row(timezone);
    lines.push(csvRow(store.storeId, row, chunk.precision));
    fleet.add(row);
    if (row.week.down > 0) weeks.push({ storeId: store.storeId, ...row.week });
  }
  return {
    csv: new TextEncoder().encode(lines.join("")),
    rows: lines.length,
    polls,
    fleet: fleet.sum(),
    worst: worst(weeks, WORST_STORES),
    errors,
  };
}
