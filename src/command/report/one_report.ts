import project from "../../../deno.json" with { type: "json" };
import type { Config } from "../../config.ts";
import { isLostConnection } from "../../db/connection/lost_connection.ts";
import { askForOwnReport } from "../../actions/ask_for_report.ts";
import { cancelReport } from "../../actions/cancel_report.ts";
import { getReport } from "../../db/reports/reports.ts";
import type { ReportRequest } from "../../domain/report_request.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import type { Result } from "../../domain/measures/result.ts";
import { makeReport, type ReportSummary } from "../../report/make_report.ts";
import { type ReportPaths, reportPaths } from "../../report/result/report_file.ts";
import { rowsOfReport } from "../../report/result/report_rows.ts";
import { readResult } from "../../report/result/stored_result.ts";
import { WorkerPool } from "../../../workers/pool.ts";
import { commandLog } from "../command_log.ts";
import type { Ground } from "../ground.ts";
import { groupLines } from "./group_lines.ts";
import { makeReportsFolder } from "./reports_folder.ts";
import { progressOnTerminal } from "../progress.ts";
import type { Runtime } from "../run.ts";
import { summaryLines, troubleLines, worstLines } from "./summary_lines.ts";

/** A report that a command makes for itself. */
interface OwnReport {
  readonly request: ReportRequest;
  /** How many workers make it, and where its files go. */
  readonly config: Config;
}

/** A report that was made. */
export interface MadeReport extends ReportSummary {
  readonly reportId: string;
  /** Undefined if the files are gone already. */
  readonly result: Result | undefined;
}

/**
 * Makes a report in this process, with a progress bar, and prints the uptime of all stores.
 *
 * @throws {Error} with the report's reason if it failed
 */
export async function makeOneReport(
  { sql, address, zoneRules }: Ground,
  { request, config }: OwnReport,
  runtime: Runtime,
): Promise<MadeReport> {
  const context = { sql, actor: "command" } as const;
  const startedAt = performance.now();
  await makeReportsFolder(config);
  const reportId = await askForOwnReport(context, request);
  const bar = progressOnTerminal("report", "stores");
  using pool = new WorkerPool({ workers: config.workers, address, zoneRules });
  const deps = {
    sql,
    compute: pool.compute,
    concurrency: pool.capacity,
    ...config,
    tzdata: zoneRules.version,
    version: project.version,
    log: commandLog(runtime.tell),
  };
  try {
    const summary = await makeReport(deps, reportId, {
      signal: runtime.signal,
      onProgress: ({ storesDone, storesTotal }) => bar.update(storesDone, storesTotal),
    });
    bar.end();
    if (summary === undefined) throw new Error((await getReport(sql, reportId))?.reason ?? "The report was deleted");
    const result = await readResult(config.reportsFolder, reportId);
    const lines = summaryLines(summary, performance.now() - startedAt);
    if (result !== undefined) {
      const rows = rowsOfReport({ ...summary, asOf: summary.request.asOf }, result);
      lines.push(...groupLines(rows), ...worstLines(result));
    }
    for (const line of [...lines, ...troubleLines(summary)]) runtime.print(line);
    runtime.print(`\n${fileLine(summary, reportPaths(config.reportsFolder, reportId))}`);
    return { ...summary, reportId, result };
  } catch (error) {
    bar.end();
    if (runtime.signal.aborted) await cancelReport(context, reportId);
    else if (isLostConnection(error)) {
      throw new Error("The connection to Postgres was lost: run the command again", { cause: error });
    }
    throw error;
  }
}

/** Where the report is. */
function fileLine({ request }: ReportSummary, { csv, result }: ReportPaths): string {
  return hasClassicWindows(request.windows)
    ? `CSV: ${csv}`
    : `Result: ${result} (Arrow; --out writes it as CSV, Parquet or for Excel)`;
}
