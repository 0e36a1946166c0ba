import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };
import type { DatabaseAddress } from "../../src/db/connection/client.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export type TaskName = "demo" | "start" | "load" | "report" | "verify" | "retain" | "check" | "key" | "sample";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A task that runs in a process of its own, with just the permissions that deno.json gives it. */
export interface RunningTask extends AsyncDisposable {
  readonly pid: number;
  kill(signal: Deno.Signal): void;
  /** Waits until it has written a text to standard output. */
  says(text: string | RegExp): Promise<RegExpMatchArray>;
  ended(): Promise<Ended>;
  /** Kills it if it still runs. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What `deno task` runs, with the Deno of this process. */
export function commandOf(name: TaskName, args: readonly string[]): string[] {
  return withThisDeno(project.tasks[name].command, args);
}

/** The command of a task in a deno.json, with the Deno of this process. */
export function withThisDeno(command: string, args: readonly string[]): string[] {
  const [, ...flags] = command.split(" ");
  return [Deno.execPath(), ...flags, ...args];
}

export function startTask(name: TaskName, args: readonly string[], env: Record<string, string> = {}): RunningTask {
  return startProcess(commandOf(name, args), { env: environmentOfTask(env) });
}

/** An environment without what leads to another database. */
export function environmentOfTask(env: Record<string, string>): Record<string, string> {
  return { PGHOST: "", DATABASE_URL: "", NO_COLOR: "1", ...env };
}

/** `deno task` in a process group of its own, as a terminal starts it. A signal goes to the whole group, as Ctrl-C does. */
export function startTaskGroup(name: TaskName, args: readonly string[], env: Record<string, string>): RunningTask {
  return startProcess([Deno.execPath(), "task", name, ...args], {
    env: environmentOfTask(env),
    detached: true,
  });
}

/** What Deno says to people while another Deno of the same folder starts. */
const WAITING = /^Blocking waiting for file lock on node_modules directory\r?\n/gm;

/** Starts a process whose output can be waited for. A detached one leads a group, which gets its signals. */
export function startProcess([program = "", ...args]: readonly string[], options: Deno.CommandOptions): RunningTask {
  const command = new Deno.Command(program, {
    args,
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
    stdin: "null",
    ...options,
  });
  const child = command.spawn();
  const kill = (signal: Deno.Signal) => Deno.kill(options.detached ? -child.pid : child.pid, signal);
  const out = listen(child.stdout);
  const err = listen(child.stderr);
  let isOver = false;
  const ended = async () => {
    const [{ code }, outText, errText] = await Promise.all([child.status, out.all, err.all]);
    isOver = true;
    return { code, out: outText, err: errText.replaceAll(WAITING, "") };
  };
  return {
    pid: child.pid,
    kill,
    says: (text) => out.says(text),
    ended,
    [Symbol.asyncDispose]: async () => {
      if (!isOver) kill("SIGKILL");
      await ended();
    },
  };
}

export async function runTask(
  name: TaskName,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  return await startTask(name, args, env).ended();
}

/** The environment that leads a task to a test's database. */
export function environmentOf(address: DatabaseAddress): Record<string, string> {
  if ("url" in address) return { DATABASE_URL: address.url };
  const { host = "", port = 5432, user = "", database = "" } = address;
  return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database };
}

/** What a process writes. */
export interface Output {
  readonly all: Promise<string>;
  /** Waits until a text is in it. */
  says(text: string | RegExp): Promise<RegExpMatchArray>;
}

export function listen(stream: ReadableStream<Uint8Array>): Output {
  let text = "";
  const waiting = new Set<() => void>();
  const read = async () => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text += part;
      for (const wake of waiting) wake();
    }
    for (const wake of waiting) wake();
    return text;
  };
  const all = read();
  const says = async (wanted: string | RegExp) => {
    for (;;) {
      const found = text.match(wanted);
      if (found !== null) return found;
      const isOver = await Promise.race([
        all.then(() => true),
        new Promise<false>((wake) => waiting.add(() => wake(false))),
      ]);
      if (isOver && text.match(wanted) === null) throw new Error(`It ended without saying ${wanted}:\n${text}`);
    }
  };
  return { all, says };
}
