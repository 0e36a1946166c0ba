// Launches a probe in place of a command, with the rights that the command would get.
import { fileURLToPath } from "node:url";
import { launch } from "../../../src/launch/launch.ts";
import { ROOT } from "../run_task.ts";

const probe = fileURLToPath(new URL("./probe.ts", import.meta.url));
await launch(Deno.args, probe, ROOT.replace(/\/$/, ""));
