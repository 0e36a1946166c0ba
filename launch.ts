import { fileURLToPath } from "node:url";
import { launch } from "./src/launch/launch.ts";

/** Runs a command of `main.ts` with the rights that it needs, and no others. */
await launch(Deno.args, fileURLToPath(new URL("./main.ts", import.meta.url)));
