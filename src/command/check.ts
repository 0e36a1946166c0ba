import type { Command } from "commander";
import { repairPolls } from "../actions/repair_polls.ts";
import { readConfig } from "../config.ts";
import { findPollFaults, MENDS, type PollFault } from "../db/polls/check_days.ts";
import { countPolls } from "../db/polls/count_polls.ts";
import type { Sql } from "../db/connection/client.ts";
import { count, counted } from "../domain/counted.ts";
import { openDatabase } from "./database.ts";
import type { Runtime } from "./run.ts";

/** More faults of one kind are only counted. */
const SHOWN = 20;

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description("Checks that all stored polls are well formed, and that what is noted of them is right.")
    .option("--repair", "mends what is wrong; live polls wait meanwhile")
    .action(async ({ repair }: { repair?: true }) => {
      await using database = await openDatabase(readConfig(), { as: "owner" });
      const { sql } = database;
      const faults = await check(sql, runtime);
      const found = total(faults);
      if (found === 0) return;
      if (!repair) throw new Error(`${counted(found, "fault")} found. Mend them: deno task check --repair`);
      await repairPolls({ sql, actor: "command" }, Object.fromEntries(faults));
      runtime.print("Mended. Checked again:");
      const left = total(await check(sql, runtime));
      if (left > 0) {
        throw new Error(`${counted(left, "fault")} left after the repair: restore the database from a backup`);
      }
    });
}

type FaultCounts = ReadonlyMap<PollFault["code"], number>;

function total(faults: FaultCounts): number {
  return [...faults.values()].reduce((sum, number) => sum + number, 0);
}

/** Prints what is wrong. @returns how many faults of each kind there are */
async function check(sql: Sql, { print, signal }: Runtime): Promise<FaultCounts> {
  const counts = new Map<PollFault["code"], number>();
  for await (const { code, message } of findPollFaults(sql)) {
    signal.throwIfAborted();
    const number = (counts.get(code) ?? 0) + 1;
    counts.set(code, number);
    if (number <= SHOWN) print(message);
  }
  for (const [code, number] of counts) {
    if (number > SHOWN) print(`… and ${count(number - SHOWN)} more like the last one`);
    print(`  With --repair, ${MENDS[code]}.`);
  }
  const { polls } = await countPolls(sql);
  if (counts.size === 0) print(`${counted(polls, "poll")} checked: nothing is wrong`);
  return counts;
}
