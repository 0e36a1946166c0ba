import type { MiddlewareHandler } from "hono";
import { isOurs } from "../../web/kit/same_origin.tsx";
import { Problem } from "../kit/problem.ts";

const READING = ["GET", "HEAD"];
const REFUSAL =
  "This request came from another website. Use Storewatch's pages or a client that is not a browser, or add " +
  "the website's origin to ALLOWED_ORIGINS";

/**
 * Keeps pages of other origins from changing anything here. A browser lets any page send a form, a file or nothing at
 * all to a service on the visitor's own machine without asking the service first, and a service without passwords
 * trusts every request. Requests that no browser sent pass, and so do those of allowed origins.
 */
export function refuseCrossOrigin(allowedOrigins: readonly string[]): MiddlewareHandler {
  return async function refuseCrossOrigin(c, next) {
    // Asking for a report is the one thing that GET does rather than reads.
    const isReading = READING.includes(c.req.method) && c.req.path !== "/trigger_report";
    if (!isReading && !isOurs(c.req.raw) && !allowedOrigins.includes(c.req.header("Origin") ?? "")) {
      throw new Problem("cross-origin", REFUSAL);
    }
    await next();
  };
}
