import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { HttpEnv } from "../deps.ts";
import { Problem, problemResponse } from "./problem.ts";

const METHODS = ["GET", "POST", "DELETE"] as const;

/** Answers what no route has answered: the path is unknown, or it does not take the method. */
export function noSuchPath(app: OpenAPIHono<HttpEnv>): (c: Context<HttpEnv>) => Response {
  return (c) => {
    const allowed = allowedMethods(app, c.req.path);
    if (allowed.length === 0) return problemResponse(c, new Problem("not-found", "Nothing is at this path"));
    const headers = { Allow: allowed.join(", ") };
    if (c.req.method === "OPTIONS") return c.body(null, 204, headers);
    return problemResponse(c, new Problem("method-not-allowed", `Use ${headers.Allow}`, { headers }));
  };
}

/** Middlewares match every path, under the method ALL: they do not count. */
function allowedMethods(app: OpenAPIHono<HttpEnv>, path: string): string[] {
  const takes = (method: string) => app.router.match(method, path)[0].some(([[, route]]) => route.method === method);
  return METHODS.filter(takes).flatMap((method) =>
    method === "GET" && path !== "/trigger_report" ? ["GET", "HEAD"] : [method]
  );
}
