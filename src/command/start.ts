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
    .option("--insecure", "lets everybody who can reach the service read and change everything, without a key")
    .action(async ({ insecure: isInsecure = false }: { insecure?: boolean }) => {
      const config = readConfig();
      needFreePort(config);
      await using ground = await openGround(config);
      await runService(ground, config, { log: jsonLog(runtime.print), signal: runtime.signal, isInsecure });
    });
}
