import { fileURLToPath } from "node:url";
import { launch } from "./launch.ts";

/** Runs a command of the `main.ts` of the project with the rights that it needs, and no others. */
await launch(Deno.args, fileURLToPath(new URL("../../main.ts", import.meta.url)));
