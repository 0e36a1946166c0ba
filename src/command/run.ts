import { Command, CommanderError } from "commander";
import { readSecrets } from "../config.ts";
import { withoutKeys } from "../domain/access/key_pattern.ts";
import { plainText } from "../plain_text.ts";
import { withoutSecrets } from "../secrets.ts";
import { askOnTerminal } from "./retain/ask.ts";

/** What a command gets from the process that it runs in. */
export interface Runtime {
  /** Aborts on Ctrl-C or a request to stop. */
  readonly signal: AbortSignal;
  /** Writes a line of the command's result. */
  print(line: string): void;
  /** Writes a line about progress or problems. */
  tell(line: string): void;
  /** Asks the person at the terminal for a line. Undefined if standard input is not a terminal. */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

/** A command's module: it defines the options and runs the command. */
export interface CommandModule {
  define(command: Command, runtime: Runtime): Command;
}

const EXIT = { done: 0, failed: 1, misused: 2, interrupted: 130, terminated: 143 };
const SAME_SIGNAL_MS = 500;

/** A setting or an argument is wrong: the caller has to change it. */
export class Misuse extends Error {
  override name = "Misuse";
}

/**
 * Runs the command that the arguments name, and ends the process: 0 after success, 1 after a failure, 2 after wrong usage,
 * 130 after Ctrl-C, 143 after SIGTERM. A second signal, more than half a second later, ends the process at once.
 */
export async function runCommand(commands: Record<string, () => Promise<CommandModule>>): Promise<void> {
  const [name = "", ...rest] = Deno.args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    teller()(`storewatch: "${name}" is not a command. The commands are: ${Object.keys(commands).join(", ")}`);
    Deno.exit(EXIT.misused);
  }
  const signal = stopSignal();
  const command = (await load()).define(newCommand(`deno task ${name}`), runtimeWith(signal));
  Deno.exit(await outcome(command.parseAsync(rest, { from: "user" }), signal));
}

/** Turns colours off, because Commander would read the environment for them, which a command may not be allowed to do. */
function newCommand(name: string): Command {
  const tell = teller();
  const writeErr = (text: string) => tell(text.replace(/\n$/, ""));
  const plain = { getOutHasColors: () => false, getErrHasColors: () => false, writeErr };
  return new Command(name).exitOverride().configureOutput(plain);
}

function runtimeWith(signal: AbortSignal): Runtime {
  const runtime = { signal, print: printer(), tell: teller() };
  if (!Deno.stdin.isTerminal()) return runtime;
  return { ...runtime, ask: (question) => askOnTerminal(question, signal) };
}

/** Results that are piped on stay as they are: a row may hold anything. */
function printer(): (line: string) => void {
  const secrets = readSecrets();
  const toShow = Deno.stdout.isTerminal() ? plainText : (line: string) => line;
  return (line) => console.log(toShow(withoutSecrets(line, secrets)));
}

function teller(): (line: string) => void {
  const secrets = readSecrets();
  return (line) => console.error(plainText(withoutKeys(withoutSecrets(line, secrets))));
}

/**
 * Aborts on the first Ctrl-C or SIGTERM, with the exit code as its reason. A later signal ends the process at once.
 *
 * On Ctrl-C a terminal signals the whole process group, and `deno task` forwards that signal: we get it twice within
 * milliseconds. Signals within half a second of the first count as one.
 */
function stopSignal(): AbortSignal {
  const stopped = new AbortController();
  let isArmed = false;
  const stop = (code: number) => {
    if (isArmed) Deno.exit(code);
    if (stopped.signal.aborted) return;
    stopped.abort(code);
    // Waits one more turn of the event loop. If the timer is late, signals that arrived meanwhile come first.
    setTimeout(() => setTimeout(() => isArmed = true), SAME_SIGNAL_MS);
  };
  Deno.addSignalListener("SIGINT", () => stop(EXIT.interrupted));
  Deno.addSignalListener("SIGTERM", () => stop(EXIT.terminated));
  return stopped.signal;
}

async function outcome(running: Promise<unknown>, signal: AbortSignal): Promise<number> {
  try {
    await running;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    if (!signal.aborted) {
      teller()(`storewatch: ${error instanceof Error ? error.message : error}`);
      return error instanceof Misuse || error instanceof RangeError ? EXIT.misused : EXIT.failed;
    }
  }
  return signal.aborted ? Number(signal.reason) : EXIT.done;
}
