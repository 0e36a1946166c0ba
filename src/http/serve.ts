import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../log.ts";

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  /** Ends the service: no new requests, those under way get their answers. */
  readonly signal: AbortSignal;
  /** Ends answers that would go on for ever, such as event streams: an open one would keep the service alive. */
  readonly endStreams: () => Promise<void>;
  /** Told where the service is, once it listens: port 0 takes a free one. */
  readonly onListen?: (url: string) => void;
}

/** How long answers under way may take once the service is to end. */
const GRACE_MS = 10_000;

/**
 * Serves until the signal comes, then ends gracefully.
 *
 * @throws {Deno.errors.AddrInUse} if somebody else has the port
 */
export async function serve(
  app: { fetch(request: Request): Response | Promise<Response> },
  { host, port, log, signal, endStreams, onListen = () => {} }: ServeOptions,
): Promise<void> {
  const cut = new AbortController();
  const server = Deno.serve({
    hostname: host,
    port,
    signal: cut.signal,
    onListen: ({ hostname, port }) => {
      const url = `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
      log("info", "listening", { url });
      onListen(url);
    },
    onError: (error) => {
      log("error", "request failed outside of the app", { error });
      return new Response(null, { status: 500 });
    },
  }, (request) => app.fetch(request));
  await Promise.race([server.finished, aborted(signal)]);
  await endStreams();
  const done = new AbortController();
  delay(GRACE_MS, undefined, { signal: done.signal }).then(() => cut.abort(), () => {});
  await server.shutdown();
  done.abort();
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
