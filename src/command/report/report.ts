import { dirname } from "node:path";
import { type Command, Option } from "commander";
import { type Config, readConfig } from "../../config.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { openTimezone } from "../../domain/time/timezone.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import { METHOD_NAMES, type MethodName } from "../../domain/method.ts";
import { pollLimits, whyTooLate } from "../../domain/polls/poll_limits.ts";
import { DEFAULT_REQUEST, withDefaults } from "../../domain/report_request.ts";
import { openGround } from "../ground.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import { reportPaths } from "../../report/result/report_file.ts";
import { rowsOfReport, writeRowsCsv } from "../../report/result/report_rows.ts";
import { type MadeReport, makeOneReport } from "./one_report.ts";
import { instantOrDate, staleAfter, wholeNumber, windowList } from "../options.ts";
import { Misuse, type Runtime } from "../run.ts";

interface Options {
  readonly asOf?: Micros;
  readonly method: MethodName;
  readonly staleAfter?: Micros;
  readonly windows?: WindowName[];
  readonly calendar?: string;
  readonly precision: number;
  readonly out?: string;
}

export function define(command: Command, runtime: Runtime): Command {
  const method = new Option("--method <name>", "how to judge the time between polls");
  return command
    .description("Makes one report, without a server, and shows the uptime of all stores.")
    .option(
      "--as-of <instant>",
      "the instant up to which the report looks; a date means 00:00 UTC (default: the latest poll)",
      instantOrDate,
    )
    .addOption(method.choices(METHOD_NAMES).default(DEFAULT_REQUEST.method))
    .option(
      "--stale-after <duration>",
      "how long a store counts as observed after a poll, from PT1M to P7D (default: PT2H)",
      staleAfter,
    )
    .option(
      "--windows <names>",
      "what to measure, such as last_30d,previous_month,2026-W43 (default: last_hour,last_day,last_week)",
      windowList,
    )
    .option(
      "--calendar <zone>",
      "the time zone by which dates, weeks and months begin (default: each store's own)",
    )
    .option(
      "--precision <digits>",
      "decimal places, 0 to 6",
      wholeNumber(0, 6),
      DEFAULT_REQUEST.precision,
    )
    .option("--out <file>", "also copy the CSV to this file; with other windows, all measures as rows.csv has them")
    .action(async (options: Options) => await report(options, runtime));
}

async function report({ out, ...asked }: Options, runtime: Runtime): Promise<void> {
  const config = readConfig();
  needAsOfInTime(asked, config);
  if (out !== undefined) await needPlainFile(out);
  await using ground = await openGround(config);
  const request = withDefaults({ ...asked, calendar: knownZone(asked.calendar, ground.zoneRules) });
  const made = await makeOneReport(ground, { request, config }, runtime);
  if (out === undefined) return;
  await writeWhole(out, (part) => writeCsv(part, made, config));
  runtime.print(`copied to ${out}`);
}

/** @throws {Misuse} if the zone rules do not have the zone */
function knownZone(name: string | undefined, zoneRules: ZoneRules): string | undefined {
  if (name === undefined) return undefined;
  if (!zoneRules.zones.has(name.toLowerCase())) {
    throw new Misuse(`--calendar must be an IANA time zone such as Europe/Berlin, not "${name}"`);
  }
  return openTimezone(name, zoneRules).id;
}

/** @throws {Misuse} if as-of lies too far ahead of the clock */
function needAsOfInTime({ asOf }: Options, { maxPollAhead }: Config): void {
  const tooLate = whyTooLate(asOf, pollLimits(Date.now() * 1000, maxPollAhead));
  if (tooLate !== undefined) throw new Misuse(`--as-of ${tooLate}`);
}

/** Checks before the report that the copy can be written: the folder must exist, and only a plain file can be replaced. */
async function needPlainFile(path: string): Promise<void> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info !== undefined && !info.isFile) throw new Misuse(`--out ${path} is not a file`);
  const folder = await Deno.stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory !== true) throw new Misuse(`--out ${path}: the folder does not exist: ${dirname(path)}`);
}

/** The classic CSV if the report has one, else all measures. */
async function writeCsv(path: string, made: MadeReport, { reportsFolder }: Config): Promise<void> {
  const { request, warnings, reportId, result } = made;
  if (hasClassicWindows(request.windows)) return await Deno.copyFile(reportPaths(reportsFolder, reportId).csv, path);
  if (result === undefined) throw new Error("the report's files are gone");
  await writeRowsCsv(path, rowsOfReport({ request, asOf: request.asOf, warnings }, result));
}

/** The copy appears complete or not at all. A link stays a link. */
async function writeWhole(to: string, write: (part: string) => Promise<void>): Promise<void> {
  const target = await Deno.realPath(to).catch(() => to);
  const part = `${target}.${crypto.randomUUID()}.part`;
  try {
    await write(part);
    await Deno.rename(part, target);
  } catch (cause) {
    await Deno.remove(part).catch(() => {});
    throw new Error(`The CSV could not be copied to ${to}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}
