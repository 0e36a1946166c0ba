import { type Command, InvalidArgumentError, Option } from "commander";
import { readConfig } from "../../config.ts";
import { IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import type { ColumnAliases } from "../../ingest/rows/column_names.ts";
import { COLUMN_FORM, parseColumnAlias, parseStore, STORE_FORM } from "../../ingest/rows/read_options.ts";
import { DAY_NUMBERINGS } from "../../ingest/values/weekday.ts";
import { MAX_REJECTS_FORM, type MaxRejects, parseMaxRejects } from "../../ingest/max_rejects.ts";
import { checkPaths } from "./check_paths.ts";
import { openGround } from "../ground.ts";
import { listRejects, loadFiles, type LoadOptions } from "./load_files.ts";
import { Misuse, type Runtime } from "../run.ts";

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description(
      "Loads CSV files of polls, hours, special-hours, exclusions, timezones and stores, JSON files of locations, iCalendar files " +
        "of holidays, or a folder of them, plain or gzipped.",
    )
    .argument("[paths...]", "a kind and its files, or files and folders whose headers show their kind")
    .option(
      "--max-rejects <limit>",
      "bad rows that a file may have before it fails: 100, or 10% (default: 50%)",
      limit,
    )
    .addOption(
      new Option("--kind <kind>", `the kind of all files: ${IMPORT_KINDS.join(", ")} (default: as their headers show)`)
        .argParser(kindOf),
    )
    .option("--check", "shows what loading the files would do, and loads nothing")
    .option("--rejects <import>", "lists the rejected rows of an earlier import, as CSV")
    .addOption(
      new Option(
        "--column <column=name>",
        "a column that has another name in the files: timestamp_utc=seen_at; repeatable",
      )
        .argParser(addAlias),
    )
    .addOption(new Option("--days <numbering>", DAYS).choices(DAY_NUMBERINGS))
    .addOption(
      new Option(
        "--store <store>",
        "a store that is closed on the dates of an iCalendar file; repeatable (default: all)",
      )
        .argParser(addStore),
    )
    .action(async (words: string[], options: Options) => await load(words, options, runtime));
}

const DAYS =
  "iso: 1 to 7 = Monday to Sunday; sunday0: 0 to 6 = Sunday to Saturday; sunday1: 1 to 7 = Sunday to Saturday";

interface Options extends Pick<LoadOptions, "kind" | "maxRejects" | "days"> {
  readonly check?: boolean;
  readonly rejects?: string;
  readonly column?: ColumnAliases;
  readonly store?: readonly string[];
}

function addStore(text: string, before: readonly string[] = []): readonly string[] {
  const store = parseStore(text);
  if (store !== undefined) return [...before, store];
  throw new InvalidArgumentError(`It ${STORE_FORM}.`);
}

function addAlias(text: string, before: ColumnAliases = new Map()): ColumnAliases {
  const alias = parseColumnAlias(text);
  if (alias === undefined) throw new InvalidArgumentError(`It ${COLUMN_FORM}.`);
  return new Map([...before, alias]);
}

function kindOf(text: string): ImportKind {
  const kind = findKind(text);
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`It must be one of ${IMPORT_KINDS.join(", ")}.`);
}

/** `special_hours` is `special-hours`. */
function findKind(text: string): ImportKind | undefined {
  return IMPORT_KINDS.find((each) => each === text.replaceAll("_", "-"));
}

function limit(value: string): MaxRejects {
  const parsed = parseMaxRejects(value);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError(`It ${MAX_REJECTS_FORM}.`);
}

async function load(words: readonly string[], options: Options, runtime: Runtime): Promise<void> {
  const { check, rejects, column: aliases, store: stores, kind, ...given } = options;
  const files = rejects === undefined ? { ...loadOptions(words, kind), ...given, aliases, stores } : undefined;
  await using ground = await openGround(readConfig());
  if (rejects !== undefined) await listRejects(ground.sql, rejects, runtime);
  if (files !== undefined) await (check ? checkPaths : loadFiles)(ground, files, runtime);
}

/**
 * Separates the kind from the paths: `polls a.csv b.csv`, or `folder`. Write a folder named polls as `./polls`.
 *
 * @param given the kind that an option names: all words are paths then
 * @throws {Misuse} if there is no path
 */
export function loadOptions(words: readonly string[], given?: ImportKind): LoadOptions {
  const [first, ...rest] = words;
  const named = given === undefined ? findKind(first ?? "") : undefined;
  const kind = given ?? named;
  const paths = named === undefined ? words : rest;
  if (paths.length === 0) throw new Misuse(`Name the files to load: ${IMPORT_KINDS.join("|")} FILE…, or a folder`);
  return { kind, paths };
}
