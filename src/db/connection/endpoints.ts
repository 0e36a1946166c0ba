import type { DatabaseAddress } from "./address.ts";

/** Where connections to a Postgres lead: a socket in the file system, or a host and a port. */
export type Endpoint = { readonly socket: string } | { readonly host: string; readonly port: number };

const POSTGRES_PORT = 5432;

/** All endpoints of an address, as postgres.js reads it. Several hosts are separated by commas, each with a port or without. */
export function endpointsOf(address: DatabaseAddress): Endpoint[] {
  const { port = POSTGRES_PORT } = address;
  const hosts = address.host || hostsOfUrl(address) || "localhost";
  if (hosts.includes("/")) return [{ socket: `${hosts}/.s.PGSQL.${port}` }];
  return hosts.split(",").map((text) => {
    const [, host = "", own] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? ["", text];
    return { host: host.replace(/^\[(.*)\]$/, "$1"), port: own === undefined ? port : Number(own) };
  });
}

function hostsOfUrl(address: DatabaseAddress): string {
  return "url" in address ? decodeURIComponent(new URL(address.url).host) : "";
}
