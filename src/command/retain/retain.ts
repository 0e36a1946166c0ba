import type { Command } from "commander";
import { type Config, readConfig } from "../../config.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { type Consent, type Removal, removeWithConsent, withConsentOptions } from "./confirm.ts";
import { type Database, openDatabase } from "../database.ts";
import { laterPolls, oldPolls, oldReports } from "./old_data.ts";
import { instantOrDate } from "../options.ts";
import { Misuse, type Runtime } from "../run.ts";
import { storeRemoval } from "./store_removal.ts";

interface Options extends Consent {
  readonly before?: Micros;
  readonly after?: Micros;
  readonly reportsBefore?: Micros;
  readonly store?: string;
}

export function define(command: Command, runtime: Runtime): Command {
  command
    .description(
      "Removes old or later polls, old reports or a store for good. Shows what it would remove, and asks first.",
    )
    .option(
      "--before <date>",
      "polls of months (UTC) that end before this date: 2023-01-01; calendars stay",
      instantOrDate,
    )
    .option(
      "--after <date>",
      "polls after 00:00 UTC of this date, or after an instant: 2026-01-01; calendars stay",
      instantOrDate,
    )
    .option(
      "--reports-before <date>",
      "finished reports that were requested before this date, with their files",
      instantOrDate,
    )
    .option("--store <id>", "a store that exists by mistake, with its polls, calendar, tags and time zone");
  return withConsentOptions(command).action(async (options: Options) => await retain(options, runtime));
}

async function retain(options: Options, runtime: Runtime): Promise<void> {
  const { before, after, reportsBefore, store } = options;
  if ([before, after, reportsBefore, store].every((each) => each === undefined)) {
    throw new Misuse(
      "Choose what to remove: --before DATE, --after DATE, --reports-before DATE, --store ID, or several",
    );
  }
  const config = readConfig();
  await using database = await openDatabase(config, { as: "owner" });
  await removeWithConsent(await removalsOf(database, config, options), options, runtime);
}

async function removalsOf({ sql }: Database, { reportsFolder }: Config, options: Options): Promise<Removal[]> {
  const { before, after, reportsBefore, store } = options;
  return [
    ...before === undefined ? [] : [await oldPolls(sql, before)],
    ...after === undefined ? [] : [await laterPolls(sql, after)],
    ...reportsBefore === undefined ? [] : [await oldReports(sql, reportsFolder, reportsBefore)],
    ...store === undefined ? [] : [await storeRemoval(sql, store)],
  ];
}
