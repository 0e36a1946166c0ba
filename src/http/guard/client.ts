import type { Context } from "hono";
import { isIP } from "node:net";
import { hasName } from "../../domain/actor.ts";
import { isLoopback } from "../access/loopback.ts";
import type { Proxies } from "../access/peer.ts";
import { principalOf } from "../access/principal_of.ts";
import type { HttpEnv } from "../deps.ts";

/** Names the client of a request for limits: its key or person, else the address that it comes from. */
export function clientBy(proxies: Proxies): (c: Context<HttpEnv>) => string | undefined {
  return (c) => {
    const { actor } = principalOf(c);
    return hasName(actor) ? actor : clientAt(proxies.addressOf(c));
  };
}

/** The address that limits count for. Undefined for this machine: a proxy on it brings the requests of all clients. */
export function clientAt(address: string | undefined): string | undefined {
  return address === undefined || isLoopback(address) ? undefined : networkOf(address);
}

/** An IPv6 network of 64 bits counts as one client, since a client that has one of its addresses has all of them. */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? firstGroups(address) : address;
}

/** The first four of the eight groups of an IPv6 address. */
function firstGroups(address: string): string {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const first = groups(head);
  if (tail === undefined) return first.slice(0, 4).join(":");
  const zeros = Array<string>(Math.max(0, 8 - first.length - groups(tail).length)).fill("0");
  return [...first, ...zeros, ...groups(tail)].slice(0, 4).join(":");
}
