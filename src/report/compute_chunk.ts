import type { ReportError } from "../db/reports/chunks.ts";
import type { Sql, Transaction } from "../db/connection/client.ts";
import { withSnapshot } from "../db/postgres/snapshot.ts";
import { readOutages } from "../db/polls/store_outages.ts";
import type { Measures } from "../domain/measures/measures.ts";
import { METHODS, needsOutagesAlone } from "../domain/method.ts";
import type { OpeningRules, StoredRules } from "../domain/openings/opening_rules.ts";
import { measuringOf } from "../domain/report_request.ts";
import { ResultColumns } from "../domain/measures/result.ts";
import { schedule } from "../domain/openings/schedule.ts";
import { measuresOfOutages, storeMeasures } from "../domain/measures/store_measures.ts";
import { totalsOf } from "../domain/measures/totals.ts";
import { spanOf, windowsBefore } from "../domain/time/window.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { classicCsv } from "../export/classic_csv.ts";
import type { Chunk, ChunkResult, ComputeChunk } from "./chunk.ts";
import { resultBatch } from "./result/result_file.ts";
import { Timezones } from "./timezones.ts";
import { readWindows } from "./window_polls.ts";

/**
 * Computes chunks in this thread, over connections of its own. Refuses a chunk of a report that is made by other zone rules:
 * one report has one set of them.
 */
export function chunkComputer(sql: Sql, worker: number, zoneRules: ZoneRules): ComputeChunk {
  const timezones = new Timezones(zoneRules);
  return async (chunk) => {
    needRules(chunk, zoneRules);
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

/** A store of a chunk, with all that its measures take but for the zone. */
interface ChunkStore {
  readonly storeId: string;
  readonly rules: StoredRules;
  /** How many polls its measures come from: all that were read, or those at which its outages begin and end. */
  readonly polls: number;
  readonly measures: (rules: OpeningRules) => Measures[];
}

function readChunk(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<Iterable<ChunkStore>> {
  const reads = needsOutagesAlone(METHODS[chunk.request.method]) ? readOutagesOf : readPollsOf;
  return reads(tx, chunk, timezones);
}

async function readOutagesOf(tx: Transaction, { range, request }: Chunk): Promise<Iterable<ChunkStore>> {
  const { asOf, method, windows: names } = measuringOf(request);
  const windows = windowsBefore(names, asOf, method);
  const stores = await readOutages(tx, range, { from: spanOf(windows).start, asOf });
  return Iterator.from(stores).map(({ storeId, rules, outages }) => ({
    storeId,
    rules,
    polls: outages.reduce((sum, { end }) => sum + (end > asOf ? 1 : 2), 0),
    measures: (rules) => measuresOfOutages(schedule(rules, windows), outages, { windows, method }),
  }));
}

async function readPollsOf(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<Iterable<ChunkStore>> {
  const stores = await readWindows(tx, chunk, timezones);
  const measuring = measuringOf(chunk.request);
  return Iterator.from(stores).map(({ storeId, rules, polls }) => ({
    storeId,
    rules,
    polls: polls.instants.length,
    measures: (rules) => storeMeasures({ rules, polls }, measuring),
  }));
}

type Computed = Omit<ChunkResult, "worker" | "fetchMs" | "computeMs">;

function computeRows(stores: Iterable<ChunkStore>, { range, request }: Chunk, timezones: Timezones): Computed {
  const result = new ResultColumns(request.windows, range.stores);
  const errors: ReportError[] = [];
  let polls = 0;
  for (const store of stores) {
    polls += store.polls;
    const rules = timezones.open(store.rules);
    if (rules instanceof RangeError) errors.push({ storeId: store.storeId, reason: rules.message });
    else result.add(store.storeId, store.measures(rules));
  }
  return {
    batch: resultBatch(result),
    csv: new TextEncoder().encode(classicCsv(result, request.precision)),
    rows: result.storeIds.length,
    polls,
    totals: totalsOf(result),
    errors,
  };
}
