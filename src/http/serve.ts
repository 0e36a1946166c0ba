import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../log.ts";
import { authority } from "../host_name.ts";
import { explainListening } from "./port.ts";
import { clientAt as addressAsClient } from "./guard/client.ts";
import { OpenCounts, type OpenLimits } from "./guard/open_counts.ts";
import { Problem, problemAnswer } from "./kit/problem.ts";

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  /** Ends the service: new requests are refused, those under way get their answers. */
  readonly signal: AbortSignal;
  /** Ends answers that would go on for ever, such as event streams: an open one would keep the service alive. */
  readonly endStreams: () => Promise<void>;
  /** Told where the service is, once it listens: port 0 takes a free one. */
  readonly onListen?: (url: string) => void;
  /** How long requests under way may take once the service is to end. */
  readonly graceMs?: number;
  /** How many requests may be under way. */
  readonly open?: OpenLimits;
  /** The client that the limit of each counts a request for, by its connection and headers. Undefined: only the limit for all holds. */
  readonly clientAt?: (peer: string, headers: Headers) => string | undefined;
}

interface FetchApp {
  fetch(request: Request, bindings: { peer: string }): Response | Promise<Response>;
}

const GRACE_MS = 10_000;
/** A request holds memory until its answer is read. Browsers open 6 connections to a host, a program that loads files perhaps 50. */
const OPEN: OpenLimits = { each: 256, all: 8_000 };

/**
 * Serves until the signal aborts, then ends gracefully: requests in progress, also uploads, get some time to finish.
 *
 * @throws {Error} naming the setting, if it cannot listen there
 */
export async function serve(app: FetchApp, options: ServeOptions): Promise<void> {
  const { signal, endStreams, graceMs = GRACE_MS, open = OPEN, clientAt = addressAsClient } = options;
  const cut = new AbortController();
  const requests = new Requests();
  const counts = new OpenCounts(open);
  const server = listen(options, cut.signal, (request, { completed, remoteAddr }) => {
    if (signal.aborted) return refusal(STOPPING);
    const leave = counts.open(clientAt(remoteAddr.hostname, request.headers));
    if (leave === undefined) return refusal(TOO_MANY);
    completed.then(leave, leave);
    requests.add(completed);
    return app.fetch(request, { peer: remoteAddr.hostname });
  });
  await Promise.race([server.finished, aborted(signal)]);
  const early = new AbortController();
  const graceOver = delay(graceMs, "over" as const, { signal: early.signal });
  const ended = await Promise.race([Promise.all([endStreams(), requests.done()]), graceOver]);
  // Either, not both: a server that is shutting down cannot be cut off. And no shutdown before all requests are done: it
  // breaks bodies off that are still on their way here.
  if (ended === "over") {
    cut.abort();
    await server.finished;
  } else await Promise.race([server.shutdown(), graceOver]);
  early.abort();
}

function listen(
  { host, port, log, onListen = () => {} }: ServeOptions,
  signal: AbortSignal,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  const options = {
    hostname: host,
    port,
    signal,
    onListen: ({ hostname, port }: Deno.NetAddr) => {
      const url = `http://${authority(hostname, port)}`;
      log("info", "listening", { url });
      onListen(url);
    },
    onError: (error: unknown) => {
      log("error", "request failed outside of the app", { error });
      return new Response(null, { status: 500 });
    },
  };
  return explainListening({ host, port }, () => Deno.serve(options, handler));
}

/** Counts requests that are under way: from their head to the end of their answer. */
class Requests {
  #count = 0;
  #onNone = () => {};

  add(completed: Promise<void>): void {
    this.#count++;
    const end = () => {
      if (--this.#count === 0) this.#onNone();
    };
    // It fails if the client goes away, which ends the request as well.
    completed.then(end, end);
  }

  /** Waits until no request is left. */
  async done(): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => this.#onNone = resolve);
  }
}

/** The app's database is about to close. */
const STOPPING = new Problem("not-ready", "The service is stopping", { headers: { "Retry-After": "5" } });
const TOO_MANY = new Problem("too-many-at-once", "So many may not be open at a time", {
  headers: { "Retry-After": "1" },
});

/** Answers without the app. */
function refusal(problem: Problem): Response {
  const requestId = crypto.randomUUID();
  const { body, status, headers } = problemAnswer(problem, requestId);
  return new Response(body, { status, headers: { ...headers, "X-Request-Id": requestId } });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
