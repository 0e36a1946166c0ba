import { trace } from "@opentelemetry/api";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";

/** With OTEL_DENO=true, Deno makes a span for each request, but does not know the route: this names it. */
export function routeName(): MiddlewareHandler {
  return async function routeName(c, next) {
    await next();
    const span = trace.getActiveSpan();
    const route = routePath(c, -1);
    span?.updateName(`${c.req.method} ${route}`);
    span?.setAttribute("http.route", route);
  };
}
