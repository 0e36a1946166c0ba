import { runCommand } from "./src/command/run.ts";

/** What Storewatch can do. A command's code is loaded when it is called, so that each needs no permission but its own. */
await runCommand({
  demo: () => import("./src/command/demo.ts"),
  start: () => import("./src/command/start.ts"),
  load: () => import("./src/command/load.ts"),
  report: () => import("./src/command/report.ts"),
  retain: () => import("./src/command/retain.ts"),
  sample: () => import("./src/command/sample.ts"),
});
