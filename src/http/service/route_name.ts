import { trace } from "@opentelemetry/api";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";

/** The pattern that a request's path matched, such as `/reports/:report_id`; undefined if it matched none for its method. */
export function routeOf(c: Context): string | undefined {
  // Middlewares match every path, under the method ALL.
  return matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path;
}

/** With OTEL_DENO=true, Deno makes a span for each request, but does not know the route: this names it. */
export function routeName(): MiddlewareHandler {
  return async function routeName(c, next) {
    await next();
    const span = trace.getActiveSpan();
    const route = routeOf(c);
    span?.updateName(route === undefined ? c.req.method : `${c.req.method} ${route}`);
    if (route !== undefined) span?.setAttribute("http.route", route);
  };
}
