import { commandOf, listen, ROOT, type TaskName } from "./run_task.ts";

/** A task that runs at a terminal of its own, by util-linux's `script`. */
export interface TerminalTask extends AsyncDisposable {
  /** Waits until it has written a text. */
  says(text: string | RegExp): Promise<RegExpMatchArray>;
  /** Types keys: `\x03` is Ctrl-C, `\x04` is Ctrl-D. */
  type(keys: string): Promise<void>;
  /** What the terminal shows, standard error included. */
  ended(): Promise<{ readonly code: number; readonly out: string }>;
}

export function runInTerminal(name: TaskName, args: readonly string[], env: Record<string, string>): TerminalTask {
  const quoted = commandOf(name, args).map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const child = new Deno.Command("script", {
    args: ["--quiet", "--return", "--command", quoted, "/dev/null"],
    cwd: ROOT,
    env: { PGHOST: "", DATABASE_URL: "", NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const out = listen(child.stdout);
  const keys = child.stdin.getWriter();
  let isOver = false;
  const ended = async () => {
    const [{ code }, text] = await Promise.all([child.status, out.all]);
    isOver = true;
    return { code, out: text };
  };
  return {
    says: out.says,
    type: (text) => keys.write(new TextEncoder().encode(text)),
    ended,
    [Symbol.asyncDispose]: async () => {
      if (!isOver) child.kill("SIGKILL");
      await ended();
      await keys.close().catch(() => {});
    },
  };
}
