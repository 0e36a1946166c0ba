import { close, connect } from "../../src/db/connection/client.ts";
import type { Report } from "../../src/db/reports/report.ts";
import { getReport, insertReport } from "../../src/db/reports/reports.ts";
import { DEFAULT_REQUEST, type ReportRequest } from "../../src/domain/report_request.ts";
import { silentLog } from "../../src/log.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { type MakeOptions, makeReport, type ReportDeps, type ReportSummary } from "../../src/report/make_report.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { RULES } from "./rules.ts";

/** A database of its own, a reports folder of its own, and a report that is computed in this thread. */
export interface Fixture extends AsyncDisposable, TestDatabase {
  readonly deps: ReportDeps;
  /** Asks for a report and makes it. */
  report(request?: Partial<ReportRequest>, changes?: Partial<ReportDeps & MakeOptions>): Promise<Made>;
}

export interface Made {
  readonly report: Report;
  readonly summary: ReportSummary | undefined;
  /** The CSV without its header; undefined without a CSV. */
  readonly csv: string | undefined;
  readonly performance: string | undefined;
}

export const STEP = DEFAULT_REQUEST;

export async function openFixture(): Promise<Fixture> {
  const database = await openTestDatabase();
  const reportsFolder = await Deno.makeTempDir({ prefix: "storewatch reports " });
  const own = connect(database.address, { max: 1 });
  const deps = {
    sql: database.sql,
    compute: chunkComputer(own, 0, RULES),
    concurrency: 1,
    chunkSize: 2,
    reportsFolder,
    tzdata: RULES.version,
    version: "test",
    log: silentLog,
  };
  return {
    ...database,
    deps,
    report: async (request = {}, changes = {}) =>
      await makeOne({ ...deps, ...changes }, { ...STEP, ...request }, changes),
    [Symbol.asyncDispose]: async () => {
      await close(own);
      await database.close();
      await Deno.remove(reportsFolder, { recursive: true });
    },
  };
}

async function makeOne(deps: ReportDeps, request: ReportRequest, options: MakeOptions): Promise<Made> {
  const reportId = crypto.randomUUID();
  await insertReport(deps.sql, { reportId, request, madeBy: "queue" });
  const summary = await makeReport(deps, reportId, options);
  const report = await getReport(deps.sql, reportId);
  if (report === undefined) throw new Error("The report's row is gone");
  const paths = reportPaths(deps.reportsFolder, reportId);
  const csv = await readIfThere(paths.csv);
  return { report, summary, csv: csv?.replace(/^.*\n/, ""), performance: await readIfThere(paths.performance) };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
