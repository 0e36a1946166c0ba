import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { needFreePort } from "../http/port.ts";
import { jsonLog } from "../log.ts";
import { openGround } from "./ground.ts";
import type { Runtime } from "./run.ts";
import { runService } from "./service.ts";

export function define(command: Command, runtime: Runtime): Command {
  return command
    .description(
      "Serves pages and the API, and makes reports, until you stop it. Settings come from the environment: see docs/settings.md.",
    )
    .action(async () => {
      const config = readConfig();
      needFreePort(config);
      await using ground = await openGround(config);
      await runService(ground, config, { log: jsonLog(runtime.print), signal: runtime.signal });
    });
}
