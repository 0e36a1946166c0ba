import { fileURLToPath } from "node:url";

const EXTRAS = fileURLToPath(new URL("./extras/", import.meta.url));

/**
 * How a program of `extras` is run: with a configuration and a lock of its own. What it needs is fetched when the bench asks
 * for it, and never by anything else.
 *
 * @param cachedOnly fail if that would have to be fetched
 */
export function extra(name: string, args: readonly string[], cachedOnly = false): Deno.Command {
  const permissions = ["--allow-read", "--allow-env", "--allow-sys", "--allow-ffi", "--no-prompt"];
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      `--config=${EXTRAS}deno.json`,
      ...(cachedOnly ? ["--cached-only"] : []),
      ...permissions,
      EXTRAS + name,
      ...args,
    ],
    cwd: EXTRAS,
    stdin: "piped",
    stdout: "piped",
    stderr: cachedOnly ? "null" : "inherit",
  });
}

/** Whether DuckDB is here already, so that using it fetches nothing. */
export async function isDuckDbHere(): Promise<boolean> {
  const child = extra("duckdb.ts", [], true).spawn();
  await child.stdin.close();
  await child.stdout.cancel();
  return (await child.status).success;
}

/** A DuckDB in a process of its own, which ends with its scope. */
export class DuckDb implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: AsyncIterator<unknown>;

  constructor(threads: number) {
    this.#child = extra("duckdb.ts", [String(threads)]).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#answers = jsonLines(this.#child.stdout);
  }

  async setUp(statements: readonly string[]): Promise<void> {
    await this.#ask({ setup: statements });
  }

  /** Milliseconds until all rows are there. */
  async time(statement: string): Promise<number> {
    return Number(await this.#ask({ time: statement }));
  }

  /** Rows as lists of strings. */
  async rows(statement: string): Promise<string[][]> {
    const rows = await this.#ask({ rows: statement });
    if (!Array.isArray(rows)) throw new TypeError("DuckDB gave no rows");
    return rows.map((row: unknown[]) => row.map(String));
  }

  async #ask(order: unknown): Promise<unknown> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(order) + "\n"));
    const { value, done } = await this.#answers.next();
    if (done || typeof value !== "object" || value === null) throw new Error("DuckDB ended");
    if ("error" in value) throw new Error(`DuckDB: ${value.error}`);
    return "result" in value ? value.result : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#answers.return?.();
    await this.#child.status;
  }
}

async function* jsonLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}
