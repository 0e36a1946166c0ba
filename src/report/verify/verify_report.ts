import { storesWithoutRow } from "../../db/reports/chunks.ts";
import type { Report } from "../../db/reports/report.ts";
import { type View, withView } from "../../db/postgres/snapshot.ts";
import { keysOf } from "../../db/stores/stores.ts";
import type { DependsOn } from "../../domain/fingerprints/depends_on.ts";
import type { Result } from "../../domain/measures/result.ts";
import { measuredWindows, measuringOf, type ResolvedRequest } from "../../domain/report_request.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import { concurrently } from "../concurrently.ts";
import type { MakeOptions, ReportDeps } from "../make_report.ts";
import { countFor, planChunks } from "../plan.ts";
import { decodeBatch } from "../result/result_file.ts";
import { withRetries } from "../retries.ts";
import { Timezones } from "../timezones.ts";
import { Comparison } from "./comparison.ts";
import type { Difference, StoreCause } from "./difference.ts";
import { type ExplainedStore, explainStores, type Look, settleDoubts } from "./explain.ts";
import { noteLoneStores } from "./lone_stores.ts";

/** What computing a report again takes. */
export interface VerifyDeps
  extends Pick<ReportDeps, "sql" | "compute" | "concurrency" | "chunkSize" | "version" | "log"> {
  readonly zoneRules: ZoneRules;
}

/** A completed report that says what it depends on, and its result. */
export interface Verifiable extends Pick<Report, "reportId" | "tzdata" | "requestedAt" | "startedAt"> {
  readonly request: ResolvedRequest;
  readonly dependsOn: DependsOn;
  readonly result: Result;
}

/** Whether a report comes out the same today, and if not, what differs and why. */
export interface Verification {
  readonly rowsDiffer: number;
  readonly storesDiffer: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
  readonly stores: readonly ExplainedStore[];
  /** What changed, even if no row differs because of it. */
  readonly because: Readonly<Record<StoreCause | "tzdata" | "version", boolean>>;
}

/**
 * Computes a report again, from what is in the database now, and compares the results row by row. Nothing is written.
 *
 * @throws the signal's reason once it aborts
 */
export async function verifyReport(
  deps: VerifyDeps,
  report: Verifiable,
  options: MakeOptions = {},
): Promise<Verification> {
  const hasOtherRules = report.tzdata !== deps.zoneRules.version;
  const byOpenings = report.request.method === "in-hours";
  return await withView(deps.sql, async (view) => {
    const comparison = new Comparison(report.result, { byOpenings, hasOtherRules });
    const unplaced = await computeAgain({ ...deps, ...options }, { report, view, comparison });
    await noteLone({ report, view, comparison }, unplaced, hasOtherRules);
    const look = { ...lookOf(deps, report, view), signal: options.signal };
    await settleDoubts(comparison, look);
    const { findings } = comparison;
    const { because } = findings;
    return {
      rowsDiffer: findings.rowsDiffer,
      storesDiffer: findings.storesDiffer,
      differences: findings.differences,
      stores: await explainStores(findings.stores, look, report.startedAt ?? report.requestedAt),
      because: {
        polls: because.has("polls"),
        calendars: because.has("calendars"),
        tzdata: hasOtherRules,
        version: report.dependsOn.version !== deps.version,
        tags: because.has("tags"),
      },
    };
  });
}

/** One verification: the report, the data now, and what was compared. */
interface Work {
  readonly report: Verifiable;
  readonly view: View;
  readonly comparison: Comparison;
}

/** @returns the stores that have no row now because their zone is unknown */
async function computeAgain(deps: VerifyDeps & MakeOptions, { report, view, comparison }: Work): Promise<Set<string>> {
  const { signal, onProgress, concurrency } = deps;
  const { request } = report;
  const counts = await countFor(view.tx, request);
  const chunks = await planChunks(view, request, { ...deps, ...counts, tzdata: deps.zoneRules.version });
  const unplaced = new Set<string>();
  let storesDone = 0;
  await concurrently(chunks, concurrency, async (chunk) => {
    signal?.throwIfAborted();
    const { result } = await withRetries(deps, chunk);
    signal?.throwIfAborted();
    comparison.add(decodeBatch(result.batch, measuredWindows(request)));
    for (const { storeId } of result.errors) unplaced.add(storeId);
    onProgress?.({ storesDone: storesDone += chunk.range.stores, storesTotal: counts.stores });
  });
  return unplaced;
}

async function noteLone(
  { report, view: { tx }, comparison }: Work,
  unplaced: ReadonlySet<string>,
  hasOtherRules: boolean,
) {
  const { findings, missing, added } = comparison;
  const hasFilter = report.request.where !== undefined;
  const existing = hasFilter ? await keysOf(tx, missing.map(({ storeId }) => storeId)) : new Map();
  noteLoneStores(findings, missing, {
    side: "then",
    unplaced,
    hasOtherRules,
    isFiltered: (storeId) => existing.has(storeId),
  });
  noteLoneStores(findings, added, {
    side: "now",
    unplaced: new Set(await storesWithoutRow(tx, report.reportId)),
    hasOtherRules,
    isFiltered: () => hasFilter,
  });
}

function lookOf({ zoneRules }: VerifyDeps, { request, result }: Verifiable, { tx }: View): Omit<Look, "signal"> {
  const timezones = new Timezones(zoneRules);
  const calendar = request.calendar === undefined ? undefined : timezones.of({ timezone: request.calendar });
  if (calendar instanceof RangeError) throw calendar;
  return { tx, then: result, measuring: measuringOf(request, calendar), timezones };
}
