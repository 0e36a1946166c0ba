import { type Command, Option } from "commander";
import { type Config, readConfig } from "../../config.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { openTimezone } from "../../domain/time/timezone.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import { METHOD_NAMES, type MethodName } from "../../domain/method.ts";
import { pollLimits, whyTooLate } from "../../domain/polls/poll_limits.ts";
import {
  type Comparison,
  COMPARISONS,
  DEFAULT_REQUEST,
  type ReportRequest,
  withDefaults,
} from "../../domain/report_request.ts";
import { openGround } from "../ground.ts";
import { makeOneReport } from "./one_report.ts";
import { reportForPrograms } from "./report_for_programs.ts";
import { outputOf, REPORT_FORMATS, type ReportFormat } from "./report_format.ts";
import { groupBy, targetPercent, type Where, where } from "./selection_options.ts";
import { needPlainFile, writeReport } from "./write_report.ts";
import { instantOrDate, staleAfter, wholeNumber, windowList } from "../options.ts";
import { Misuse, type Runtime } from "../run.ts";

/** What decides the report. */
interface Asked {
  readonly asOf?: Micros;
  readonly method: MethodName;
  readonly staleAfter?: Micros;
  readonly windows?: WindowName[];
  readonly calendar?: string;
  readonly where?: Where;
  readonly groupBy?: string[];
  readonly compare?: Comparison;
  readonly target?: string;
  readonly precision: number;
}

interface Options extends Asked {
  readonly out?: string;
  readonly format?: ReportFormat;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  Last month by region, as an Excel sheet, against the month before:
    deno task report --windows previous_month --group-by region --compare previous --out last-month.xlsx
  A Parquet file with exact microseconds, of the stores in the West:
    deno task report --windows last_30d --where region:West --out west.parquet
  For a program: yesterday by the calendar of Berlin, against a target of 99.5 %:
    deno task report --windows yesterday --calendar Europe/Berlin --target 99.5 --json`;

export function define(command: Command, runtime: Runtime): Command {
  const method = new Option("--method <name>", "how to judge the time between polls");
  const compare = new Option("--compare <window>", "also measure the window before each one");
  const format = new Option(
    "--format <name>",
    "what to write to --out (default: what its name ends with; else csv, the classic CSV)",
  );
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
    .option("--where <tags>", "only stores with these tags, such as region:West,region:East; repeatable", where)
    .option("--group-by <tags>", "tags that make the groups of totals, such as region,brand", groupBy)
    .addOption(compare.choices(COMPARISONS))
    .option(
      "--target <percent>",
      "uptime that stores should reach, unless they have a target of their own: 99.5",
      targetPercent,
    )
    .option("--out <file>", "also write the report to this file")
    .addOption(format.choices(REPORT_FORMATS))
    .option("--json", "print one JSON object for programs, with the paths of the files, and nothing else")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => await report(options, runtime));
}

async function report({ out, format, json = false, ...asked }: Options, runtime: Runtime): Promise<void> {
  const config = readConfig();
  needAsOfInTime(asked, config);
  const output = outputOf({ out, format }, asked.windows ?? DEFAULT_REQUEST.windows);
  if (output !== undefined) await needPlainFile(output.path);
  await using ground = await openGround(config);
  const quiet = json ? { ...runtime, print: () => {} } : runtime;
  const made = await makeOneReport(ground, { request: requestOf(asked, ground.zoneRules), config }, quiet);
  if (output !== undefined) {
    await writeReport(output, made, config);
    quiet.print(`written to ${output.path} (${output.format})`);
  }
  if (json) runtime.print(JSON.stringify(await reportForPrograms(ground.sql, made, { ...config, output }), null, 2));
}

/** @throws {Misuse} if the zone rules do not have the calendar's zone */
function requestOf({ where, target, calendar, ...asked }: Asked, zoneRules: ZoneRules): ReportRequest {
  return withDefaults({
    ...asked,
    where: where?.filter,
    targetPercent: target,
    calendar: knownZone(calendar, zoneRules),
  });
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
function needAsOfInTime({ asOf }: Asked, { maxPollAhead }: Config): void {
  const tooLate = whyTooLate(asOf, pollLimits(Date.now() * 1000, maxPollAhead));
  if (tooLate !== undefined) throw new Misuse(`--as-of ${tooLate}`);
}
