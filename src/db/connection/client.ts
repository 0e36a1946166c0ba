import type postgres from "postgres";
import { type DatabaseAddress, openPool, type PoolOptions, type Sql, type Transaction } from "./address.ts";
import { isLostConnection } from "./lost_connection.ts";
import { Pulse } from "./pulse.ts";
import { unreachable } from "./unreachable.ts";
import { Wire } from "./wire.ts";

export { type DatabaseAddress, SCHEMA, type Sql, type Transaction } from "./address.ts";

/** A statement, or a part of one. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export type SiblingOptions = Omit<PoolOptions, "socket">;

interface PoolFacts {
  readonly address: DatabaseAddress;
  readonly pulse: Pulse;
}

const pools = new WeakMap<Sql, PoolFacts>();

/**
 * Opens a pool of connections; none is made before the first query. A connection that is cut off is dropped, and replaced
 * when it is needed.
 * End it with `close`.
 */
export function connect(
  address: DatabaseAddress,
  { max = 10, name = "storewatch", ...others }: Partial<SiblingOptions> = {},
): Sql {
  surviveLostConnections();
  const pulse = new Pulse(address);
  const sql = openPool(address, { max, name, ...others, socket: (target) => new Wire(target, pulse) });
  pools.set(sql, { address, pulse });
  return sql;
}

/** When a connection is lost, some errors of postgres.js have no handler and would end the process. */
function surviveLostConnections(): void {
  globalThis.addEventListener("unhandledrejection", forgiveLostBeginning);
  globalThis.addEventListener("error", forgiveLateWrite);
}

// The functions are always the same, so each is added only once.

/** Each connection starts with a query for array types. postgres.js does not await its promise. */
function forgiveLostBeginning(event: PromiseRejectionEvent): void {
  const { reason } = event;
  if (isLostConnection(reason) && "query" in reason && String(reason.query).includes("b.typarray")) {
    event.preventDefault();
  }
}

/** What is sent in the moment in which the connection is lost finds no socket. */
function forgiveLateWrite(event: ErrorEvent): void {
  const { error } = event;
  if (error instanceof TypeError && /nextWrite .*postgres\/src\/connection\.js/.test(error.stack ?? "")) {
    event.preventDefault();
  }
}

/** Opens a pool to the same database as another one. */
export function sibling(sql: Sql, options: SiblingOptions): Sql {
  return connect(factsOf(sql).address, options);
}

/** Whether Postgres answers on a connection of its own within seconds, however busy the pool is. */
export async function isReachable(sql: Sql): Promise<boolean> {
  return await factsOf(sql).pulse.isReachable();
}

function factsOf(sql: Sql): PoolFacts {
  const facts = pools.get(sql);
  if (facts === undefined) throw new TypeError("This pool was not opened by `connect`");
  return facts;
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
