import type { Config } from "../../config.ts";
import { isLostConnection } from "../../db/connection/lost_connection.ts";
import { askForOwnReport } from "../../actions/ask_for_report.ts";
import { cancelReport } from "../../actions/cancel_report.ts";
import { getReport } from "../../db/reports/reports.ts";
import { counted } from "../../domain/counted.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { HOUR } from "../../domain/time/interval.ts";
import { decimal } from "../../domain/decimal.ts";
import { formatPercentage, uptimePercentage } from "../../domain/measures/percentage.ts";
import { mostDowntime } from "../../domain/measures/ranking.ts";
import type { ReportRequest } from "../../domain/report_request.ts";
import type { Result } from "../../domain/measures/result.ts";
import { totalOf } from "../../domain/measures/totals.ts";
import type { WindowName } from "../../domain/time/window.ts";
import { makeReport, type ReportSummary } from "../../report/make_report.ts";
import { reportPaths } from "../../report/result/report_file.ts";
import { readResult } from "../../report/result/stored_result.ts";
import { WorkerPool } from "../../../workers/pool.ts";
import { commandLog } from "../command_log.ts";
import type { Ground } from "../ground.ts";
import { makeReportsFolder } from "./reports_folder.ts";
import { progressOnTerminal } from "../progress.ts";
import type { Runtime } from "../run.ts";
import { warningLines } from "./warning_lines.ts";

const WORST_SHOWN = 10;

/** A report that a command makes for itself. */
interface OwnReport {
  readonly request: ReportRequest;
  /** How many workers make it, and where its files go. */
  readonly config: Config;
}

/**
 * Makes a report in this process, with a progress bar, and prints how the fleet fared.
 *
 * @returns where its CSV is
 * @throws {Error} with the report's reason if it failed
 */
export async function makeOneReport(
  { sql, address, zoneRules }: Ground,
  { request, config }: OwnReport,
  runtime: Runtime,
): Promise<string> {
  const context = { sql, actor: "command" } as const;
  const begun = performance.now();
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
    log: commandLog(runtime.tell),
  };
  try {
    const summary = await makeReport(deps, reportId, {
      signal: runtime.signal,
      onProgress: ({ storesDone, storesTotal }) => bar.update(storesDone, storesTotal),
    });
    bar.end();
    if (summary === undefined) throw new Error((await getReport(sql, reportId))?.reason ?? "The report was deleted");
    const { csv } = reportPaths(config.reportsFolder, reportId);
    const result = await readResult(config.reportsFolder, reportId);
    const lines = summaryLines(summary, performance.now() - begun);
    if (result !== undefined) lines.push(...worstLines(result));
    for (const line of [...lines, ...troubleLines(summary)]) runtime.print(line);
    runtime.print(`\nCSV: ${csv}`);
    return csv;
  } catch (error) {
    bar.end();
    if (runtime.signal.aborted) await cancelReport(context, reportId);
    else if (isLostConnection(error)) throw new Error("Postgres went away: run the command again", { cause: error });
    throw error;
  }
}

/** How all stores together fared, and what could not be computed. */
export function summaryLines({ rows, request, totals }: ReportSummary, ms: number): string[] {
  const share = (window: WindowName) => percentage(totalOf(totals, window));
  return [
    `${counted(rows, "store")} as of ${formatInstant(request.asOf)}, in ${(ms / 1000).toFixed(2)} s`,
    `fleet uptime   last hour ${share("last_hour")}   last day ${share("last_day")}   last week ${share("last_week")}`,
  ];
}

/** A short table of the stores that lost most. */
export function worstLines(result: Result): string[] {
  const worst = mostDowntime(result, "last_week", WORST_SHOWN);
  if (worst.length === 0) return [];
  const [up, down] = [result.column("last_week", "up"), result.column("last_week", "down")];
  const rows = worst.map((row) => {
    const share = percentage({ up: up?.[row], down: down?.[row] });
    const lost = decimal(down?.[row] ?? 0, HOUR, 2);
    return (result.storeIds[row] ?? "").padEnd(28) + lost.padStart(24) + share.padStart(12);
  });
  return ["", `${"worst stores".padEnd(28)}${"lost hours in the week".padStart(24)}${"uptime".padStart(12)}`, ...rows];
}

/** What could not be computed, and what the reader has to know. */
export function troubleLines({ errors, warnings }: ReportSummary): string[] {
  const lines = errors.slice(0, WORST_SHOWN).map(({ storeId, reason }) => `not computed: ${storeId}: ${reason}`);
  return warnings.length === 0 ? lines : [...lines, "", ...warnings.flatMap(warningLines)];
}

function percentage(measures: Parameters<typeof uptimePercentage>[0]): string {
  const hundredths = uptimePercentage(measures);
  return hundredths === undefined ? "–" : `${formatPercentage(hundredths)} %`;
}
