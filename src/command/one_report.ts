import type { Config } from "../config.ts";
import { isLostConnection } from "../db/lost_connection.ts";
import { cancelReport, getReport, insertReport, type ReportRequest } from "../db/reports.ts";
import { counted } from "../domain/counted.ts";
import { uptimeRatio } from "../domain/fleet.ts";
import { formatInstant } from "../domain/instant.ts";
import { HOUR } from "../domain/interval.ts";
import { makeReport, type ReportSummary } from "../report/make_report.ts";
import { reportPaths } from "../report/report_file.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { commandLog } from "./command_log.ts";
import type { Ground } from "./ground.ts";
import { makeReportsFolder } from "./reports_folder.ts";
import { progressOnTerminal } from "./progress.ts";
import type { Runtime } from "./run.ts";
import { warningLines } from "./warning_lines.ts";

const WORST_SHOWN = 10;

/**
 * Makes a report in this process, with a progress bar, and prints how the fleet fared.
 *
 * @returns where its CSV is
 * @throws {Error} with the report's reason if it failed
 */
export async function makeOneReport(
  { sql, address, rules }: Ground,
  config: Config,
  request: ReportRequest,
  runtime: Runtime,
): Promise<string> {
  const reportId = crypto.randomUUID();
  const begun = performance.now();
  await makeReportsFolder(config);
  await insertReport(sql, reportId, request, "command");
  const bar = progressOnTerminal("report", "stores");
  using pool = new WorkerPool({ workers: config.workers, address, rules });
  const deps = {
    sql,
    compute: pool.compute,
    lanes: pool.capacity,
    ...config,
    tzdata: rules.version,
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
    for (const line of summaryLines(summary, performance.now() - begun)) runtime.print(line);
    runtime.print(`\nCSV: ${csv}`);
    return csv;
  } catch (error) {
    bar.end();
    if (runtime.signal.aborted) await cancelReport(sql, reportId, "The command was interrupted");
    else if (isLostConnection(error)) throw new Error("Postgres went away: run the command again", { cause: error });
    throw error;
  }
}

/** A short table for people: the fleet, then the stores that lost most. */
export function summaryLines({ rows, asOf, fleet, worst, errors, warnings }: ReportSummary, ms: number): string[] {
  const share = (sum: { up: bigint; down: bigint } | { up: number; down: number }) => {
    const ratio = uptimeRatio(sum);
    return ratio === undefined ? "–" : `${(ratio * 100).toFixed(2)} %`;
  };
  const lines = [
    `${counted(rows, "store")} as of ${formatInstant(asOf)}, in ${(ms / 1000).toFixed(2)} s`,
    `fleet uptime   last hour ${share(fleet.hour)}   last day ${share(fleet.day)}   last week ${share(fleet.week)}`,
  ];
  if (worst.length > 0) {
    lines.push("", `${"worst stores".padEnd(28)}${"lost hours in the week".padStart(24)}${"uptime".padStart(12)}`);
  }
  for (const store of worst.slice(0, WORST_SHOWN)) {
    lines.push(store.storeId.padEnd(28) + (store.down / HOUR).toFixed(2).padStart(24) + share(store).padStart(12));
  }
  for (const { storeId, reason } of errors.slice(0, WORST_SHOWN)) lines.push(`not computed: ${storeId}: ${reason}`);
  if (warnings.length > 0) lines.push("", ...warnings.flatMap(warningLines));
  return lines;
}
