// A command that goes on after a signal: its work takes as long as the process lives.
import { runCommand } from "../../src/command/run.ts";

await runCommand({
  endless: () =>
    Promise.resolve({
      define: (command, { signal, print }) =>
        command.action(async () => {
          signal.addEventListener("abort", () => print("stopping"));
          print("working");
          await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
        }),
    }),
});
