import type { Context, MiddlewareHandler } from "hono";
import { collect, isStream } from "../answers/answer_body.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { toProblem } from "../kit/to_problem.ts";
import { routeOf } from "./route_name.ts";

/** A label for requests that match no route, whatever their path. */
const NO_ROUTE = "none";

/**
 * Logs one line per request once its answer has left, and counts it. Errors are logged with their cause, under the same
 * request id that the client gets.
 */
export function requestLog({ log, metrics }: HttpDeps): MiddlewareHandler<HttpEnv> {
  return async function requestLog(c, next) {
    const startedAt = performance.now();
    await next();
    const { method, path } = c.req;
    const route = routeOf(c) ?? NO_ROUTE;
    const { status } = c.res;
    const fields = { request_id: c.get("requestId"), method, path: path.slice(0, 300), route, status };
    if (c.error !== undefined && status >= 500) log("error", "request failed", { ...fields, error: rootOf(c.error) });
    await whenSent(c, (bytes) => {
      const ms = performance.now() - startedAt;
      metrics.countRequest({ method, route, status, seconds: ms / 1000 });
      log("info", "request", { ...fields, ms: Math.round(ms * 10) / 10, bytes });
    });
  };
}

/** A problem says what the client may know. Its cause is for the log. */
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
  const length = await collect(c);
  done(c.req.method === "HEAD" ? 0 : length);
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
