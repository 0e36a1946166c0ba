import type { MiddlewareHandler } from "hono";
import { isOurs } from "../web/same_origin.tsx";
import { Problem } from "./problem.ts";

const READING = ["GET", "HEAD"];

/**
 * Keeps pages of other origins from changing anything here. A browser lets any page send a form, a file or nothing at
 * all to a service on the visitor's own machine without asking the service first, and a service without passwords
 * trusts whoever reaches it. What is no browser is not touched.
 */
export function refuseCrossOrigin(): MiddlewareHandler {
  return async function refuseCrossOrigin(c, next) {
    // Asking for a report is the one thing that GET does rather than reads.
    const isReading = READING.includes(c.req.method) && c.req.path !== "/trigger_report";
    if (!isReading && !isOurs(c.req.raw)) {
      throw new Problem("cross-origin", "Only Storewatch's own pages, and programs that are no browser, may do it");
    }
    await next();
  };
}
