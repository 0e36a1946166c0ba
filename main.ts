import { runCommand } from "./src/command/run.ts";

/** The commands. The code of a command loads when you run it, so each command needs only its own permissions. */
await runCommand({
  demo: () => import("./src/command/demo.ts"),
  start: () => import("./src/command/start.ts"),
  load: () => import("./src/command/load/load.ts"),
  report: () => import("./src/command/report/report.ts"),
  verify: () => import("./src/command/report/verify.ts"),
  retain: () => import("./src/command/retain/retain.ts"),
  check: () => import("./src/command/check.ts"),
  key: () => import("./src/command/key/key.ts"),
  sample: () => import("./src/command/sample.ts"),
});
