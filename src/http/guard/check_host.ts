import type { MiddlewareHandler } from "hono";
import type { AllowedHosts } from "./allowed_hosts.ts";
import { Problem } from "../kit/problem.ts";
import { short } from "../kit/validation.ts";

/** Probes and scrapers come by whatever name they know, and learn nothing here that a page could use. */
const FOR_ALL = ["/health", "/healthz", "/readyz", "/metrics"];

/** Refuses requests that name another host: a page of another site would send them after DNS rebinding. */
export function checkHost(hosts: AllowedHosts): MiddlewareHandler {
  return async function checkHost(c, next) {
    const foreign = hostsOf(c.req.raw).find((host) => !hosts.has(host));
    if (foreign !== undefined && !FOR_ALL.includes(c.req.path.replace(/(?<=.)\/$/, ""))) {
      const name = foreign === "" ? "no host" : `"${short(foreign)}"`;
      throw new Problem("misdirected-request", `The Host header names ${name}, which is not this service. ${WAYS_OUT}`);
    }
    await next();
  };
}

const WAYS_OUT = "Use localhost or the address that it listens on, or add the name to ALLOWED_HOSTS";

/**
 * The hosts that a request names: in its Host header, and in the address that it asks for. Without a Host header
 * (HTTP/1.0) Deno writes localhost there; every browser sends the header.
 */
function hostsOf({ headers, url }: Request): string[] {
  const [, authority = ""] = /^\w+:\/\/([^/?#]*)/.exec(url) ?? [];
  const host = headers.get("Host");
  return host === null ? [authority] : [host, authority];
}
