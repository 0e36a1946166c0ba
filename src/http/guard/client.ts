import type { Context } from "hono";
import { BlockList, isIP } from "node:net";
import type { HttpEnv } from "../deps.ts";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether an address is of this machine. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && LOOPBACK.check(address, family === 6 ? "ipv6" : "ipv4");
}

/**
 * The address that limits count for. Undefined for this machine: a proxy on it brings the requests of all clients. An IPv6 network of 64
 * bits counts as one client, since whoever has one address of it has all.
 */
export function clientAt(address: string | undefined): string | undefined {
  if (address === undefined || isLoopback(address)) return undefined;
  return isIP(address) === 6 ? network(address) : address;
}

/** The client of a request, by the connection that it came on. */
export function clientOf(c: Context<HttpEnv>): string | undefined {
  // In tests, a request may come without an environment.
  const bindings: HttpEnv["Bindings"] | undefined = c.env;
  return clientAt(bindings?.peer);
}

/** The first four of the eight groups of an IPv6 address. */
function network(address: string): string {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const first = groups(head);
  if (tail === undefined) return first.slice(0, 4).join(":");
  const zeros = Array<string>(Math.max(0, 8 - first.length - groups(tail).length)).fill("0");
  return [...first, ...zeros, ...groups(tail)].slice(0, 4).join(":");
}
