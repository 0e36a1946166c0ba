import type { Transaction } from "../db/connection/client.ts";
import { markedStores } from "../db/imports/marks.ts";
import { findRowsWithoutStore } from "../db/imports/rows_without_store.ts";
import { estimatePollsOn, hasPolls } from "../db/polls/count_polls.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import type { View } from "../db/postgres/snapshot.ts";
import { countStores } from "../db/stores/stores.ts";
import { countGroups } from "../db/tags/count_groups.ts";
import { countStoresWhere, storeRanges } from "../db/tags/store_ranges.ts";
import { count } from "../domain/counted.ts";
import { measuredWindows, measuringOf, type ReportRequest, type ResolvedRequest } from "../domain/report_request.ts";
import type { Micros } from "../domain/time/interval.ts";
import { UTC } from "../domain/time/timezone.ts";
import type { Warning } from "../domain/warning.ts";
import type { Chunk } from "./chunk.ts";
import { type ChunkFacts, storesPerChunk } from "./chunk_size.ts";
import { daysToRead } from "./days_to_read.ts";
import { ReportFailure } from "./failure.ts";

/** What a report does: its request with an as-of, and its chunks. */
export interface Plan {
  readonly request: ResolvedRequest;
  readonly chunks: readonly Chunk[];
  readonly stores: number;
  readonly warnings: readonly Warning[];
}

/** What a plan follows from, beside the data. */
export interface PlanDeps extends Pick<ChunkFacts, "concurrency" | "chunkSize"> {
  /** The release of the zone rules. */
  readonly tzdata: string;
}

/**
 * Plans a report from what the report's snapshot shows.
 *
 * @throws {ReportFailure} if there is nothing to report, or too much
 */
export async function plan({ tx, snapshot }: View, asked: ReportRequest, deps: PlanDeps): Promise<Plan> {
  const counts = await countFor(tx, asked);
  if (counts.all === 0) throw new ReportFailure("There are no stores: load polls, hours or timezones first");
  needFewRows(counts.stores, asked);
  await needFewGroups(tx, asked);
  const asOf = asked.asOf ?? await latestPoll(tx);
  if (asOf === undefined || !(await hasPolls(tx))) throw new ReportFailure("There are no polls: load polls first");
  const request = { ...asked, asOf };
  return {
    request,
    chunks: await planChunks({ tx, snapshot }, request, { ...deps, ...counts }),
    stores: counts.stores,
    warnings: [...await markedStores(tx, request.where), ...await findRowsWithoutStore(tx)],
  };
}

/** How many stores there are, and how many of them a report is about. */
export interface StoreCounts {
  readonly all: number;
  readonly stores: number;
}

export async function countFor(tx: Transaction, { where }: Pick<ReportRequest, "where">): Promise<StoreCounts> {
  const all = await countStores(tx);
  return { all, stores: where === undefined ? all : await countStoresWhere(tx, where) };
}

/** The chunks of a report: none if it is about no stores. */
export async function planChunks(
  { tx, snapshot }: View,
  request: ResolvedRequest,
  { all, ...deps }: PlanDeps & StoreCounts,
): Promise<Chunk[]> {
  const ofAll = await pollsToRead(tx, request, await latestPoll(tx) ?? request.asOf);
  const polls = ofAll * deps.stores / Math.max(all, 1);
  const ranges = await storeRanges(tx, storesPerChunk({ ...deps, polls }), request.where);
  const { tzdata } = deps;
  return ranges.map((range, index) => ({ number: index + 1, range, snapshot, request, tzdata }));
}

/** Rows that a report has at most: results are kept in memory to be looked at. */
const MOST_ROWS = 5_000_000;

/** @throws {ReportFailure} if there are too many stores for so many windows */
function needFewRows(stores: number, request: ReportRequest): void {
  const { length } = measuredWindows(request);
  if (stores * length <= MOST_ROWS) return;
  throw new ReportFailure(
    `${count(stores)} stores with ${length} windows each are ${count(stores * length)} rows, but a ` +
      `report has ${count(MOST_ROWS)} at most: ask for fewer windows${request.compare ? ", or without compare" : ""}`,
  );
}

/** Groups that a report has at most: totals are sorted in memory, and nobody reads more. */
const MOST_GROUPS = 10_000;

/** @throws {ReportFailure} if the stores have too many values of the tags that they are grouped by */
async function needFewGroups(tx: Transaction, asked: ReportRequest): Promise<void> {
  const { groupBy } = asked;
  if (groupBy.length === 0 || await countGroups(tx, asked, MOST_GROUPS + 1) <= MOST_GROUPS) return;
  throw new ReportFailure(
    `The stores make more than ${count(MOST_GROUPS)} groups by ${groupBy.join(", ")}, but a report has ` +
      `${count(MOST_GROUPS)} at most: group by tags with fewer values, or choose fewer stores with where`,
  );
}

/** About how many polls the chunks of a report would read of all stores. A day more or less of each zone does not matter here. */
async function pollsToRead(tx: Transaction, request: ResolvedRequest, latest: Micros): Promise<number> {
  return await estimatePollsOn(tx, daysToRead(measuringOf(request), [UTC]), latest);
}
