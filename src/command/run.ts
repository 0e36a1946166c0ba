import { Command, CommanderError } from "commander";

/** What a command gets from the process that it runs in. */
export interface Runtime {
  /** Aborted by Ctrl-C or a request to stop. */
  readonly signal: AbortSignal;
  /** Writes a line of the command's result. */
  print(line: string): void;
  /** Writes a line about how it goes. */
  tell(line: string): void;
}

/** A command's module: says what it takes, and does it. */
export interface CommandModule {
  define(command: Command, runtime: Runtime): Command;
}

const EXIT = { done: 0, failed: 1, misused: 2, interrupted: 130, terminated: 143 };

/** A setting or an argument is wrong: the caller has to change it. */
export class Misuse extends Error {
  override name = "Misuse";
}

/**
 * Runs the command that the arguments name, and ends the process: 0 when it is done, 1 if it failed, 2 if it was called
 * wrongly, 130 after Ctrl-C, 143 after SIGTERM. A second signal ends it at once.
 */
export async function runCommand(commands: Record<string, () => Promise<CommandModule>>): Promise<void> {
  const [name = "", ...rest] = Deno.args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    console.error(`storewatch: "${name}" is no command. There are: ${Object.keys(commands).join(", ")}`);
    Deno.exit(EXIT.misused);
  }
  const stopped = new AbortController();
  listen("SIGINT", EXIT.interrupted, stopped);
  listen("SIGTERM", EXIT.terminated, stopped);
  const runtime = { signal: stopped.signal, print: console.log, tell: console.error };
  const command = (await load()).define(new Command(`deno task ${name}`).exitOverride(), runtime);
  Deno.exit(await outcome(command.parseAsync(rest, { from: "user" }), stopped.signal));
}

function listen(signal: Deno.Signal, code: number, stopped: AbortController): void {
  Deno.addSignalListener(signal, () => {
    if (stopped.signal.aborted) Deno.exit(code);
    stopped.abort(code);
  });
}

async function outcome(running: Promise<unknown>, signal: AbortSignal): Promise<number> {
  try {
    await running;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    if (!signal.aborted) {
      console.error(`storewatch: ${error instanceof Error ? error.message : error}`);
      return error instanceof Misuse || error instanceof RangeError ? EXIT.misused : EXIT.failed;
    }
  }
  return signal.aborted ? Number(signal.reason) : EXIT.done;
}
