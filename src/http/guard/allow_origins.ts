import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

/** Headers of answers that pages of other origins may read, beside those that they always may. */
const EXPOSED = [
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Range",
  "ETag",
  "Location",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "WWW-Authenticate",
  "X-Request-Id",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const PREFLIGHT_SECONDS = 600;

/** Lets pages of some other origins call the interface (CORS). The origins are written as browsers send them. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  const share = cors({
    origin: [...origins],
    allowMethods: METHODS,
    exposeHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  });
  return async function allowOrigins(c, next) {
    const isPreflight = c.req.header("Access-Control-Request-Method") !== undefined;
    // Any other OPTIONS asks which methods a path takes.
    if (origins.length === 0 || (c.req.method === "OPTIONS" && !isPreflight)) return await next();
    return await share(c, next);
  };
}
