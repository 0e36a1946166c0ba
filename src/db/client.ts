import postgres from "postgres";
import { type Tls, tlsOption } from "./tls.ts";
import { unreachable } from "./unreachable.ts";

/** Numbers that Postgres calls bigint are counts and microseconds here, all below 2^53. */
type Types = { bigint: number; json: unknown };
export type Sql = postgres.Sql<Types>;
export type Transaction = postgres.TransactionSql<Types>;

/** A statement, or a part of one. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Where a Postgres is: a URL, or the parts that a socket needs. Parts that are left out come from `PGHOST` and so on. */
export type DatabaseAddress = ({ readonly url: string } | AddressParts) & {
  /** Undefined: connections are not encrypted. */
  readonly tls?: Tls;
  /** Seconds; 0 waits for ever. */
  readonly connectTimeout?: number;
};

interface AddressParts {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

/** All tables live in a schema of this name. */
export const SCHEMA = "storewatch";

/**
 * Opens a pool of connections; none is made before the first query.
 * End it with `close`.
 */
export function connect(address: DatabaseAddress, { max = 10, name = "storewatch" } = {}): Sql {
  const options = {
    max,
    types: {
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
      json: { to: 114, from: [114, 3802], parse: JSON.parse, serialize: asJson },
    },
    connection: { application_name: name, search_path: SCHEMA, TimeZone: "UTC" },
    connect_timeout: address.connectTimeout ?? 10,
    ssl: tlsOption(address.tls, singleHost(address)),
    onnotice: () => {},
  };
  if ("url" in address) return postgres(address.url, options);
  const { tls: _, connectTimeout: __, ...parts } = address;
  return postgres({ ...options, ...parts });
}

/** Undefined if there are several, or the environment names it. */
function singleHost(address: DatabaseAddress): string | undefined {
  const host = "url" in address ? new URL(address.url).hostname.replace(/^\[(.*)\]$/, "$1") : address.host;
  return host === undefined || host === "" || host.includes(",") ? undefined : host;
}

/** A string given for a json parameter is JSON already: so the queue's statements mean it. */
function asJson(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Lets queries in flight finish for up to five seconds, then closes all connections. */
export async function close(sql: Sql): Promise<void> {
  await sql.end({ timeout: 5 });
}

/**
 * Makes sure that Postgres answers.
 *
 * @throws {Error} saying why it does not, and what to check
 */
export async function reach(sql: Sql, { tls }: DatabaseAddress): Promise<void> {
  try {
    await sql`select`;
  } catch (cause) {
    throw unreachable(cause, tls);
  }
}

export async function hasSchema(sql: Sql | Transaction, name: string): Promise<boolean> {
  return (await sql`select from pg_namespace where nspname = ${name}`).length > 0;
}
