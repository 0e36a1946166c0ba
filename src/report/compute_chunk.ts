import type { Sql, Transaction } from "../db/connection/client.ts";
import { marksWithin } from "../db/imports/marks.ts";
import type { ReportError } from "../db/reports/chunks.ts";
import type { StoreRecord } from "../db/polls/poll_days.ts";
import { withSnapshot } from "../db/postgres/snapshot.ts";
import { upTo } from "../domain/polls/poll.ts";
import { measuringOf } from "../domain/report_request.ts";
import { ResultColumns } from "../domain/measures/result.ts";
import { measurer } from "../domain/measures/store_measures.ts";
import { totalsOf } from "../domain/measures/totals.ts";
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
    const startedAt = performance.now();
    const found = await withSnapshot(sql, chunk.snapshot, (tx) => readChunk(tx, chunk, timezones));
    const fetched = performance.now();
    const result = computeRows(found, chunk, timezones);
    return { ...result, worker, fetchMs: fetched - startedAt, computeMs: performance.now() - fetched };
  };
}

function needRules({ tzdata }: Chunk, { version }: ZoneRules): void {
  if (tzdata === version) return;
  throw new Error(
    `The report is made by the zone rules ${tzdata}, but this worker has ${version}: start all processes with the same rules`,
  );
}

/** What is known of a chunk's stores. */
interface Found {
  readonly stores: readonly StoreRecord[];
  /** The codes of their warnings, by id. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
}

async function readChunk(tx: Transaction, chunk: Chunk, timezones: Timezones): Promise<Found> {
  // Sent together: the second answer costs no round trip of its own.
  const [stores, marks] = await Promise.all([readWindows(tx, chunk, timezones), marksWithin(tx, chunk.range)]);
  return { stores, marks };
}

type Computed = Omit<ChunkResult, "worker" | "fetchMs" | "computeMs">;

function computeRows({ stores, marks }: Found, { range, request }: Chunk, timezones: Timezones): Computed {
  const measuring = measuringOf(request);
  const measure = measurer(measuring);
  const result = new ResultColumns(request.windows, range.stores);
  const errors: ReportError[] = [];
  let read = 0;
  for (const { storeId, rules: stored, polls } of stores) {
    read += polls.instants.length;
    const rules = timezones.open(stored);
    if (rules instanceof RangeError) errors.push({ storeId, reason: rules.message });
    else {
      const texts = { timezone: rules.timezone.id, warnings: marks.get(storeId)?.join(" ") ?? "" };
      const pollAge = measuring.asOf - (upTo(polls, measuring.asOf).instants.at(-1) ?? -Infinity);
      result.add(storeId, measure({ rules, polls }), { ...texts, pollAge });
    }
  }
  return {
    batch: resultBatch(result),
    csv: new TextEncoder().encode(classicCsv(result, request.precision)),
    rows: result.storeIds.length,
    polls: read,
    totals: totalsOf(result),
    errors,
  };
}
