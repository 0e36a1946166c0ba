import { serve } from "../../src/http/serve.ts";
import type { Limits } from "../../src/http/deps.ts";
import { silentLog } from "../../src/log.ts";
import { openService, type TestService } from "./http_service.ts";

/** The app behind a real port. */
export interface TestServer extends AsyncDisposable {
  readonly service: TestService;
  readonly url: string;
  /** Asks the server to end, and waits until it has. */
  stop(): Promise<void>;
}

export async function startServer(limits: Partial<Limits> = {}): Promise<TestServer> {
  const service = await openService(limits);
  const stopping = new AbortController();
  const { promise: listening, resolve: onListen } = Promise.withResolvers<string>();
  const finished = serve(service.app, {
    host: "127.0.0.1",
    port: 0,
    log: silentLog,
    signal: stopping.signal,
    endStreams: () => service.events.close(),
    onListen,
  });
  const stop = async () => {
    stopping.abort();
    await finished;
  };
  return {
    service,
    url: await listening,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await service[Symbol.asyncDispose]();
    },
  };
}

/** Opens a connection and sends bytes as they are, right or wrong. */
export async function sendRaw(url: string, bytes: string | Uint8Array): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  await write(connection, bytes);
  return connection;
}

export async function write(connection: Deno.TcpConn, data: string | Uint8Array): Promise<void> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  for (let written = 0; written < bytes.length;) written += await connection.write(bytes.subarray(written));
}

/** Reads what comes until there is a whole head of an answer, or the end, or nothing more for a while. */
export async function readHead(connection: Deno.TcpConn, patienceMs: number): Promise<string> {
  const block = new Uint8Array(4096);
  let text = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<null>((resolve) => timer = setTimeout(() => resolve(null), patienceMs));
  try {
    while (!text.includes("\r\n\r\n")) {
      const reading = connection.read(block).catch(() => null);
      const read = await Promise.race([reading, timeout]);
      if (read === null) break;
      text += new TextDecoder().decode(block.subarray(0, read));
    }
  } finally {
    clearTimeout(timer);
  }
  return text;
}
