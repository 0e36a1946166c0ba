import { fileURLToPath } from "node:url";
import type { DatabaseAddress } from "../src/db/connection/client.ts";
import { endpointsOf } from "../src/db/connection/endpoints.ts";
import { authority } from "../src/host_name.ts";

/** Variables by which postgres.js completes an address. */
const VARIABLES = ["PG*", "USERNAME", "USER", "LOGNAME"];
const PROGRAM = ["../src", "../node_modules", "."].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** What a worker may do: reach Postgres and read the program. It serves nothing, writes no file and runs no program. */
export function workerRights(address: DatabaseAddress): Deno.PermissionOptionsObject {
  const sockets: string[] = [];
  const net = endpointsOf(address).map((endpoint) => {
    if ("host" in endpoint) return authority(endpoint.host, endpoint.port);
    sockets.push(endpoint.socket);
    return `unix:${endpoint.socket}`;
  });
  return {
    read: [...PROGRAM, ...sockets],
    write: sockets,
    net,
    env: VARIABLES,
    ffi: false,
    import: false,
    run: false,
    sys: false,
  };
}
