import { fileURLToPath } from "node:url";
import type { DatabaseAddress } from "../src/db/connection/client.ts";
import { endpointsOf } from "../src/db/connection/endpoints.ts";
import { authority } from "../src/host_name.ts";

/** Variables by which postgres.js completes an address. */
const VARIABLES = ["PG*", "USERNAME", "USER", "LOGNAME"];
const PROGRAM = ["../src", "../node_modules", "."].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** A worker does nothing that is not named. */
const NOTHING = { net: false, env: false, ffi: false, import: false, run: false, sys: false };

/** What a worker that computes chunks may do: reach Postgres and read the program. It serves nothing and writes no file. */
export function computingRights(address: DatabaseAddress): Deno.PermissionOptionsObject {
  const sockets: string[] = [];
  const net = endpointsOf(address).map((endpoint) => {
    if ("host" in endpoint) return authority(endpoint.host, endpoint.port);
    sockets.push(endpoint.socket);
    return `unix:${endpoint.socket}`;
  });
  return { ...NOTHING, read: [...PROGRAM, ...sockets], write: sockets, net, env: [...VARIABLES] };
}

/** What a worker that renders reports may do: read and write in their folder. It reaches nothing. */
export function renderingRights(folder: string): Deno.PermissionOptionsObject {
  return { ...NOTHING, read: [...PROGRAM, folder], write: [folder] };
}
