import { Argument, type Command } from "commander";
import project from "../../../deno.json" with { type: "json" };
import { type Config, readConfig } from "../../config.ts";
import type { Sql } from "../../db/connection/client.ts";
import { getReport } from "../../db/reports/reports.ts";
import { counted } from "../../domain/counted.ts";
import { isUuid } from "../../domain/uuid.ts";
import { verificationJson } from "../../http/reports/verify_json.ts";
import { type NotVerifiable, readVerifiable } from "../../report/verify/verifiable.ts";
import { type Verifiable, type Verification, verifyReport } from "../../report/verify/verify_report.ts";
import { WorkerPool } from "../../../workers/pool.ts";
import { commandLog } from "../command_log.ts";
import { type Ground, openGround } from "../ground.ts";
import { progressOnTerminal } from "../progress.ts";
import { Misuse, type Runtime } from "../run.ts";
import { verificationLines } from "./verify_lines.ts";

interface Options {
  readonly json?: true;
}

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description(
      "Computes a report again from what is in the database now, and says which rows differ and why.",
    )
    .addArgument(new Argument("<report>", "the id of a completed report"))
    .option("--json", "prints what POST /reports/{id}/verify answers")
    .action(async (reportId: string, options: Options) => await verify(reportId, options, runtime));
}

async function verify(reportId: string, { json }: Options, runtime: Runtime): Promise<void> {
  if (!isUuid(reportId)) throw new Misuse(`"${reportId}" is not the id of a report: deno task report prints it`);
  const config = readConfig();
  await using ground = await openGround(config);
  const report = await findVerifiable(ground.sql, reportId.toLowerCase(), config);
  const found = await computeAgain(ground, { report, config }, runtime);
  if (json) runtime.print(JSON.stringify(verificationJson(found), undefined, 2));
  else for (const line of verificationLines(found, report, ground.zoneRules.version)) runtime.print(line);
  const { rowsDiffer } = found;
  if (rowsDiffer > 0) throw new Error(`${counted(rowsDiffer, "row")} ${rowsDiffer === 1 ? "differs" : "differ"}`);
}

const REASONS: Readonly<Record<NotVerifiable, string>> = {
  "files gone": "its files are not in the reports folder (REPORTS_DIR) now",
  "classic CSV only": "it was made before Storewatch kept exact results",
  "no record": "it was made before Storewatch kept what a report depends on",
};

/** @throws {Error} if the report does not exist, is not complete, or is too old */
async function findVerifiable(sql: Sql, reportId: string, { reportsFolder }: Config): Promise<Verifiable> {
  const report = await getReport(sql, reportId);
  if (report === undefined) throw new Error(`No report has the id ${reportId}`);
  if (report.status !== "Completed") throw new Error(`Report ${reportId} is ${report.status}: nothing can be compared`);
  const found = await readVerifiable(reportsFolder, report);
  if (typeof found === "string") throw new Error(`Report ${reportId} cannot be verified: ${REASONS[found]}`);
  return found;
}

interface Asked {
  readonly report: Verifiable;
  readonly config: Config;
}

async function computeAgain(
  { sql, address, zoneRules }: Ground,
  { report, config }: Asked,
  { signal, tell }: Runtime,
): Promise<Verification> {
  const bar = progressOnTerminal("verify", "stores");
  using pool = new WorkerPool({ workers: config.workers, address, zoneRules });
  const computing = { compute: pool.compute, concurrency: pool.capacity, chunkSize: config.chunkSize };
  const deps = { sql, zoneRules, version: project.version, log: commandLog(tell), ...computing };
  try {
    return await verifyReport(deps, report, {
      signal,
      onProgress: ({ storesDone, storesTotal }) => bar.update(storesDone, storesTotal),
    });
  } finally {
    bar.end();
  }
}
