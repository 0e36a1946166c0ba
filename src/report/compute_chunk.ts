import type { Sql, Transaction } from "../db/connection/client.ts";
import { marksWithin } from "../db/imports/marks.ts";
import type { ReportError } from "../db/reports/chunks.ts";
import { labelsWithin } from "../db/tags/store_labels.ts";
import { withSnapshot } from "../db/postgres/snapshot.ts";
import { addInputs, inputsOf, NO_INPUTS, storeFingerprints } from "../domain/fingerprints/store_fingerprints.ts";
import {
  measuredWindows,
  type Measuring,
  measuringOf,
  type ResolvedRequest,
  windowsBy,
} from "../domain/report_request.ts";
import { NO_LABELS, ResultColumns, type StoreLabels } from "../domain/measures/result.ts";
import { measurer } from "../domain/measures/store_measures.ts";
import { totalsOf } from "../domain/measures/totals.ts";
import { hasClassicWindows } from "../domain/time/window_list.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { classicCsv } from "../export/classic_csv.ts";
import type { Chunk, ChunkResult, ComputeChunk } from "./chunk.ts";
import { resultBatch } from "./result/result_file.ts";
import { Timezones } from "./timezones.ts";
import { type PolledStore, readWindows } from "./window_polls.ts";

/**
 * Computes chunks in this thread, over connections of its own. Refuses a chunk of a report that is made by other zone rules:
 * one report has one set of them.
 */
export function chunkComputer(sql: Sql, worker: number, zoneRules: ZoneRules): ComputeChunk {
  const timezones = new Timezones(zoneRules);
  return async (chunk) => {
    needRules(chunk, zoneRules);
    const startedAt = performance.now();
    const measuring = measuringWith(chunk.request, timezones);
    const found = await withSnapshot(sql, chunk.snapshot, (tx) => readChunk(tx, { ...chunk, measuring }, timezones));
    const fetched = performance.now();
    const result = computeRows(found, { ...chunk, measuring }, timezones);
    return { ...result, worker, fetchMs: fetched - startedAt, computeMs: performance.now() - fetched };
  };
}

function needRules({ tzdata }: Chunk, { version }: ZoneRules): void {
  if (tzdata === version) return;
  throw new Error(
    `The report is made by the zone rules ${tzdata}, but this worker has ${version}: start all processes with the same rules`,
  );
}

/** @throws {RangeError} if the zone rules lack the zone of the request's calendar */
function measuringWith(request: ResolvedRequest, timezones: Timezones): Measuring {
  const calendar = request.calendar === undefined ? undefined : timezones.of({ timezone: request.calendar });
  if (calendar instanceof RangeError) throw calendar;
  return measuringOf(request, calendar);
}

/** A chunk whose request has been read. */
interface MeasuredChunk extends Chunk {
  readonly measuring: Measuring;
}

/** What is known of a chunk's stores. */
interface Found {
  readonly stores: readonly PolledStore[];
  /** The codes of their warnings, by id. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
  readonly labels: ReadonlyMap<string, StoreLabels>;
}

async function readChunk(tx: Transaction, chunk: MeasuredChunk, timezones: Timezones): Promise<Found> {
  // Sent together: the later answers cost no round trip of their own.
  const [stores, marks, labels] = await Promise.all([
    readWindows(tx, chunk, timezones),
    marksWithin(tx, chunk.range),
    labelsWithin(tx, chunk.range),
  ]);
  return { stores, marks, labels };
}

type Computed = Omit<ChunkResult, "worker" | "fetchMs" | "computeMs">;

function computeRows(
  { stores, marks, labels }: Found,
  { range, request, measuring }: MeasuredChunk,
  zones: Timezones,
): Computed {
  const [measure, windowsOf, fingerprintsOf] = [
    measurer(measuring),
    windowsBy(measuring),
    storeFingerprints(measuring),
  ];
  const result = new ResultColumns(measuredWindows(request), range.stores);
  const errors: ReportError[] = [];
  let [read, latestEnd, inputs] = [0, -Infinity, NO_INPUTS];
  for (const { storeId, rules: stored, polls, pollAge } of stores) {
    read += polls.instants.length;
    const rules = zones.open(stored);
    if (rules instanceof RangeError) {
      errors.push({ storeId, reason: rules.message });
      continue;
    }
    const warnings = marks.get(storeId)?.join(" ") ?? "";
    const texts = { timezone: rules.timezone.id, warnings, ...labels.get(storeId) ?? NO_LABELS };
    const windows = windowsOf(rules.timezone);
    latestEnd = windows.reduce((latest, { start, end }) => start < end ? Math.max(latest, end) : latest, latestEnd);
    const fingerprints = fingerprintsOf({ rules, polls });
    inputs = addInputs(inputs, inputsOf(storeId, fingerprints, labels.get(storeId)));
    result.add(storeId, measure({ rules, polls }), { ...texts, pollAge, windows, fingerprints });
  }
  return {
    batch: resultBatch(result),
    csv: hasClassicWindows(request.windows) ? classicLines(result, request) : undefined,
    rows: result.storeIds.length,
    polls: read,
    totals: totalsOf(result),
    inputs,
    latestEnd,
    errors,
  };
}

function classicLines(result: ResultColumns, { precision }: ResolvedRequest): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(classicCsv(result, precision));
}
