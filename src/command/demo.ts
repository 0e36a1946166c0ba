import type { Command } from "commander";
import { type Config, readConfig } from "../config.ts";
import { hasPolls } from "../db/polls/count_polls.ts";
import { counted } from "../domain/counted.ts";
import { PROPOSED_REQUEST } from "../domain/report_request.ts";
import { needProtection } from "../http/access/listening.ts";
import { needFreePort } from "../http/port.ts";
import { jsonLog } from "../log.ts";
import { writeSample } from "../sample/write_sample.ts";
import { type Ground, openGround } from "./ground.ts";
import { loadFiles } from "./load/load_files.ts";
import { makeOneReport } from "./report/one_report.ts";
import { makeReportsFolder } from "./report/reports_folder.ts";
import { wholeNumber } from "./options.ts";
import type { Runtime } from "./run.ts";
import { runService } from "./service.ts";

interface Options {
  readonly stores: number;
  readonly days: number;
  readonly insecure?: boolean;
}

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description(
      "Shows what Storewatch does: creates sample data if the database has no polls, makes a report, then serves the pages.",
    )
    .option("--stores <number>", "number of stores in the sample", wholeNumber(1, 10_000_000), 14_092)
    .option("--days <number>", "days of polls in the sample", wholeNumber(1, 3_660), 8)
    .option("--insecure", "lets everybody who can reach the service read and change everything, without a key")
    .action(async (options: Options) => await demo(options, runtime));
}

async function demo(options: Options, runtime: Runtime): Promise<void> {
  const config = readConfig();
  needFreePort(config);
  await using ground = await openGround(config);
  const isInsecure = options.insecure === true;
  await needProtection(ground.sql, config.host, { isInsecure, signIn: config.signIn });
  if (!(await hasPolls(ground.sql))) await loadSample(ground, { ...options, config }, runtime);
  await makeOneReport(ground, { request: PROPOSED_REQUEST, config }, runtime);
  await runService(ground, config, {
    log: jsonLog(runtime.print),
    signal: runtime.signal,
    isInsecure,
    onListen: (url) => runtime.print(whatToTry(url)),
  });
}

async function loadSample(
  ground: Ground,
  { config, ...options }: Options & { readonly config: Config },
  runtime: Runtime,
): Promise<void> {
  runtime.print(`The database has no polls. Creating sample data with ${counted(options.stores, "store")}`);
  await makeReportsFolder(config);
  // Commands may write nowhere else.
  const folder = await Deno.makeTempDir({ prefix: "storewatch-sample-", dir: config.reportsFolder });
  try {
    await writeSample(folder, { ...options, seed: 1, calendars: true, signal: runtime.signal });
    await loadFiles(ground, { paths: [folder] }, runtime);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function whatToTry(base: string): string {
  return `
Serving on ${base} until Ctrl-C. In another terminal:
  curl -X POST ${base}/trigger_report
  curl ${base}/get_report/<report_id>
`;
}
