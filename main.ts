import { runCommand } from "./src/command/run.ts";

/** What Storewatch can do. A command's code is loaded when it is called, so that each needs no permission but its own. */
await runCommand({
  demo: () => import("./src/command/demo.ts"),
  start: () => import("./src/command/start.ts"),
  load: () => import("./src/command/load/load.ts"),
  report: () => import("./src/command/report/report.ts"),
  retain: () => import("./src/command/retain/retain.ts"),
  check: () => import("./src/command/check.ts"),
  sample: () => import("./src/command/sample.ts"),
});
