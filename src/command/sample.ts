import { type Command, Option } from "commander";
import { counted } from "../domain/counted.ts";
import { DIALECT_NAMES } from "../sample/dialects.ts";
import { type SampleOptions, writeSample } from "../sample/write_sample.ts";
import { wholeNumber } from "./options.ts";
import type { Runtime } from "./run.ts";

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description(
      "Writes files of all kinds with realistic sample data: polls, hours, zones, stores, special hours, exclusions, a change of hours.",
    )
    .argument("<folder>", "the folder for the files; created if missing")
    .requiredOption("--stores <number>", "number of stores", wholeNumber(0, 10_000_000))
    .option("--days <number>", "days of polls", wholeNumber(1, 3_660), 8)
    .option("--seed <number>", "the same seed gives the same bytes", wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .addOption(
      new Option("--dialect <program>", "write the same data in the format of another program").choices(DIALECT_NAMES),
    )
    .action(async (folder: string, options: Pick<SampleOptions, "stores" | "days" | "seed" | "dialect">) => {
      const { files } = await writeSample(folder, { ...options, calendars: true, signal: runtime.signal });
      for (const { path, rows, bytes } of files) {
        runtime.print(`${path}: ${counted(rows, "row")}, ${(bytes / 1e6).toFixed(1)} MB`);
      }
    });
}
