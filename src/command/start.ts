import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { needFreePort } from "../http/port.ts";
import { jsonLog } from "../log.ts";
import { openDatabase } from "./database.ts";
import type { Runtime } from "./run.ts";
import { runService } from "./service.ts";

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description(
      "Serves HTTP and works on reports until it is stopped. Settings come from the environment; see README.",
    )
    .action(async () => {
      const config = readConfig();
      needFreePort(config);
      await using database = await openDatabase(config);
      await runService(database, config, jsonLog(runtime.print), { signal: runtime.signal });
    });
}
