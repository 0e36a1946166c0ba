import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { serve, type ServeOptions } from "../../src/http/serve.ts";
import { silentLog } from "../../src/log.ts";
import { sendRaw, startServer } from "../support/http_server.ts";
import { jsonOf } from "../support/http_service.ts";

const HEADER = "store_id,status,timestamp_utc\n";
/** Less than the ten seconds of grace, more than a busy machine takes. */
const PROMPT_MS = 8_000;

const ROWS = "slow,active,2023-01-25 09:00:00 UTC\n".repeat(2_000);

/** A body that is sent piece by piece, when the test says so. */
function slowBody() {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  return {
    readable,
    write: (text: string) => writer.write(new TextEncoder().encode(text)),
    close: () => writer.close(),
  };
}

/** Serves an app that reads the whole body, and signals when it starts to. */
async function startReader(changes: Partial<ServeOptions> = {}) {
  const stop = new AbortController();
  const { promise: url, resolve: onListen } = Promise.withResolvers<string>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const app = {
    fetch: async (request: Request) => {
      begin();
      return new Response(await request.text());
    },
  };
  const options = { host: "127.0.0.1", port: 0, log: silentLog, endStreams: () => Promise.resolve(), onListen };
  const finished = serve(app, { ...options, signal: stop.signal, ...changes });
  return { url: await url, begun, finished, stop: () => stop.abort() };
}

Deno.test("an upload under way when the service is stopped is loaded, and new requests are refused", async () => {
  await using server = await startServer();
  const body = slowBody();
  const headers = { "content-type": "text/csv" };
  const upload = fetch(`${server.url}/imports/polls`, { method: "POST", headers, body: body.readable });
  await body.write(HEADER + ROWS);
  await delay(200);
  const stopped = server.stop();

  const refused = await fetch(`${server.url}/trigger_report`, { method: "POST" });
  const problem = await jsonOf(refused);
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "5"]);
  assert.deepEqual([problem.type, problem.request_id], ["/problems/not-ready", refused.headers.get("x-request-id")]);
  assert.equal(server.service.sent.length, 0);

  for (let piece = 0; piece < 5; piece++) {
    await body.write(ROWS);
    await delay(100);
  }
  await body.close();
  const answer = await upload;
  const { rows, accepted } = await jsonOf(answer);
  assert.deepEqual([answer.status, rows, accepted], [200, 12_000, 12_000]);
  const end = performance.now();
  await stopped;
  assert.ok(performance.now() - end < PROMPT_MS, "it ends when the upload has");
  await assert.rejects(fetch(`${server.url}/healthz`));
});

Deno.test("a request that does not end in time is cut off", async () => {
  const { url, begun, finished, stop } = await startReader({ graceMs: 300 });
  const body = slowBody();
  const upload = fetch(url, { method: "POST", body: body.readable }).then(({ body }) => body?.cancel());
  const outcome = upload.catch(() => {});
  await body.write("x");
  await begun;
  const begin = performance.now();
  stop();
  await finished;
  const ms = performance.now() - begin;
  assert.ok(ms > 250 && ms < PROMPT_MS, `${ms}`);
  await body.close().catch(() => {});
  await outcome;
});

Deno.test("a service that has nothing to do ends at once, also if a client went away meanwhile", async () => {
  const { url, begun, finished, stop } = await startReader();
  const gone = new AbortController();
  const body = slowBody();
  const upload = fetch(url, { method: "POST", body: body.readable, signal: gone.signal });
  body.write("x").catch(() => {});
  await begun;
  gone.abort();
  await assert.rejects(upload);
  assert.equal(await (await fetch(url, { method: "POST", body: "y" })).text(), "y");
  assert.equal(await (await fetch(url, { method: "HEAD" })).text(), "");
  const begin = performance.now();
  stop();
  await finished;
  assert.ok(performance.now() - begin < PROMPT_MS);
});

Deno.test("half a head of a request keeps no service alive", async () => {
  const { url, finished, stop } = await startReader();
  using _half = await sendRaw(url, "GET / HTTP/1.1\r\nHost: localhost\r\n");
  using _nothing = await sendRaw(url, "");
  await delay(100);
  const begin = performance.now();
  stop();
  await finished;
  assert.ok(performance.now() - begin < PROMPT_MS);
});

Deno.test("a port in use is named, with what to do", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const app = { fetch: () => new Response() };
  const { signal } = new AbortController();
  const options = { host: "127.0.0.1", port, log: silentLog, signal, endStreams: () => Promise.resolve() };
  await assert.rejects(serve(app, options), (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.message, `127.0.0.1:${port} is in use: set PORT to another`);
    assert.ok(error.cause instanceof Deno.errors.AddrInUse);
    return true;
  });
});
