import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { toProblem } from "./problem.ts";

/**
 * Logs one line per request once its answer has left, and counts it. Errors are logged with their cause, under the same
 * request id that the client is told.
 */
export function requestLog({ log, metrics }: HttpDeps): MiddlewareHandler<HttpEnv> {
  return async function requestLog(c, next) {
    const begun = performance.now();
    await next();
    const { method, path } = c.req;
    const route = routePath(c, -1);
    const { status } = c.res;
    const fields = { request_id: c.get("requestId"), method, path: path.slice(0, 300), route, status };
    if (c.error !== undefined && status >= 500) log("error", "request failed", { ...fields, error: rootOf(c.error) });
    await whenSent(c, (bytes) => {
      const ms = performance.now() - begun;
      metrics.countRequest({ method, route, status, seconds: ms / 1000 });
      log("info", "request", { ...fields, ms: Math.round(ms * 10) / 10, bytes });
    });
  };
}

/** A problem says what the client is told; what led to it is for the log. */
function rootOf(error: Error): unknown {
  const problem = toProblem(error);
  return problem.cause ?? problem;
}

async function whenSent(c: Context, done: (bytes: number) => void): Promise<void> {
  const { body } = c.res;
  if (body === null) return done(0);
  if (isStream(c.res)) {
    c.res = new Response(body.pipeThrough(counter(done)), c.res);
    return;
  }
  // Collected, so that Content-Length is right for HEAD too.
  const bytes = await c.res.arrayBuffer();
  c.res = new Response(bytes, c.res);
  c.res.headers.set("Content-Length", String(bytes.byteLength));
  done(c.req.method === "HEAD" ? 0 : bytes.byteLength);
}

/** What is made on the way out, and must not be collected here. */
function isStream({ headers }: Response): boolean {
  return /^text\/(csv|event-stream)/.test(headers.get("Content-Type") ?? "");
}

function counter(done: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      controller.enqueue(chunk);
    },
    flush: () => done(bytes),
    cancel: () => done(bytes),
  });
}
