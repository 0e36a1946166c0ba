/**
 * Asks the person at the terminal, and waits for a line. Reads in the background, so that Ctrl-C still arrives:
 * Deno's own `prompt` blocks it.
 *
 * @returns the line without its end; undefined at the end of the input
 * @throws the reason of the signal, if it comes first
 */
export async function askOnTerminal(question: string, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  Deno.stderr.writeSync(new TextEncoder().encode(question));
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([readLine(), aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** A terminal gives one line at a time, and a typed line is shorter than this. */
const LINE_BYTES = 4_096;

async function readLine(): Promise<string | undefined> {
  const buffer = new Uint8Array(LINE_BYTES);
  const length = await Deno.stdin.read(buffer);
  return length === null ? undefined : new TextDecoder().decode(buffer.subarray(0, length)).trim();
}
