import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { dropPartitionsBefore } from "../db/partitions.ts";
import type { Micros } from "../domain/interval.ts";
import { openDatabase } from "./database.ts";
import { instantOrDate } from "./options.ts";
import type { Runtime } from "./run.ts";

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description("Drops old polls, whole months (UTC) at a time. A month that reaches over the date is kept.")
    .requiredOption("--before <date>", "months that are over before it are dropped: 2023-01-01", instantOrDate)
    .action(async ({ before }: { before: Micros }) => {
      await using database = await openDatabase(readConfig());
      const dropped = await dropPartitionsBefore(database.sql, before);
      for (const name of dropped) runtime.print(`dropped ${name.replace("polls_", "").replace("_", "-")}`);
      runtime.print(`${dropped.length} months dropped`);
    });
}
