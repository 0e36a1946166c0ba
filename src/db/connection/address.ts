import postgres from "postgres";
import { type Tls, tlsOption } from "./tls.ts";
import type { WireTarget } from "./wire.ts";

/**
 * Where a Postgres is: a URL, with a host and a port if it has none itself, or the parts that a socket needs. Other parts that are left
 * out come from `PGUSER` and so on.
 */
export type DatabaseAddress = (AddressUrl | AddressParts) & {
  /** Undefined: connections are not encrypted. */
  readonly tls?: Tls;
  /** Seconds; 0 waits for ever. */
  readonly connectTimeout?: number;
};

interface AddressUrl {
  readonly url: string;
  readonly host?: string;
  readonly port?: number;
}

interface AddressParts {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

/** Numbers that Postgres calls bigint are counts and microseconds here, all below 2^53. */
type Types = { bigint: number; json: unknown };
export type Sql = postgres.Sql<Types>;
export type Transaction = postgres.TransactionSql<Types>;

const TYPES = {
  bigint: { to: 20, from: [20], parse: Number, serialize: String },
  json: { to: 114, from: [114, 3802], parse: JSON.parse, serialize: asJson },
};

/** A string given for a json parameter is JSON already: so the queue's statements mean it. */
function asJson(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** All tables live in a schema of this name. */
export const SCHEMA = "storewatch";

const CONNECT_SECONDS = 5;

/**
 * postgres.js sends messages of 1,024 bytes at once. If a connection breaks at a certain moment, postgres.js never sends a
 * shorter first message of the next one. So the first message gets that long. Postgres skips the blanks.
 */
const PADDING = " ".repeat(1_024);

/** What postgres.js makes of an address, as far as a socket has to know it. */
interface Parsed {
  readonly path: string | false;
  readonly host: readonly string[];
  readonly port: readonly number[];
}

export interface PoolOptions {
  readonly max: number;
  readonly name: string;
  /** After how many seconds a connection that is not used ends; undefined: never. */
  readonly idleSeconds?: number | undefined;
  /** Settings of each connection beside the usual ones. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly socket: (target: WireTarget) => unknown;
}

/** Opens a pool of connections through sockets of one's own; none is made before the first query. */
export function openPool(address: DatabaseAddress, { max, name, socket, idleSeconds, settings }: PoolOptions): Sql {
  const targets = hostsInTurn(address);
  const options = {
    max,
    types: TYPES,
    socket: (parsed: Parsed) => socket(targets(parsed)),
    // The sockets encrypt by themselves.
    ssl: false,
    connection: {
      application_name: name,
      search_path: SCHEMA,
      TimeZone: "UTC",
      // A plan for all parameters would lock all months of polls each time. A plan for given dates has the months of these alone.
      plan_cache_mode: "force_custom_plan",
      options: PADDING,
      ...settings,
    },
    ...idleSeconds === undefined ? {} : { idle_timeout: idleSeconds },
    connect_timeout: address.connectTimeout ?? CONNECT_SECONDS,
    backoff: (attempts: number) => Math.min(0.05 * 2 ** attempts, 2),
    onnotice: () => {},
  };
  const { tls: _, connectTimeout: __, ...parts } = address;
  if (!("url" in parts)) return postgres({ ...options, ...parts });
  const { url, ...rest } = parts;
  return postgres(padded(url), { ...options, ...rest });
}

/** The `options` of a URL win over these. */
function padded(text: string): string {
  const url = new URL(text);
  const given = url.searchParams.get("options");
  if (given === null) return text;
  url.searchParams.set("options", given + PADDING);
  return url.href;
}

/** A URL may name several hosts; each attempt takes the next one. */
function hostsInTurn(address: DatabaseAddress): (parsed: Parsed) => WireTarget {
  const tls = tlsOption(address.tls, singleHost(address));
  let turn = 0;
  return ({ path, host: hosts, port: ports }) => {
    const index = turn++ % hosts.length;
    return { path, host: hosts[index] ?? "localhost", port: ports[index] ?? ports[0] ?? 5432, tls };
  };
}

/** Undefined if there are several, or the environment names it. */
function singleHost(address: DatabaseAddress): string | undefined {
  const host = address.host ??
    ("url" in address ? new URL(address.url).hostname.replace(/^\[(.*)\]$/, "$1") : undefined);
  return host === undefined || host === "" || host.includes(",") ? undefined : host;
}
