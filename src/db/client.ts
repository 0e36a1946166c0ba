import postgres from "postgres";

/** Numbers that Postgres calls bigint are counts and microseconds here, all below 2^53. */
type Types = { bigint: number; json: unknown };
export type Sql = postgres.Sql<Types>;
export type Transaction = postgres.TransactionSql<Types>;

/** A statement, or a part of one. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Where a Postgres is: a URL, or the parts that a socket needs. Parts that are left out come from `PGHOST` and so on. */
export type DatabaseAddress =
  | { readonly url: string }
  | {
    readonly host?: string;
    readonly port?: number;
    readonly user?: string;
    readonly password?: string;
    readonly database?: string;
  };

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
    connect_timeout: 10,
    onnotice: () => {},
  };
  if ("url" in address) return postgres(address.url, options);
  return postgres({ ...options, ...address });
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
export async function reach(sql: Sql): Promise<void> {
  try {
    await sql`select`;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Postgres cannot be reached: ${why}. Check DATABASE_URL or PGHOST`, { cause });
  }
}
