import type { Config } from "../config.ts";
import { close, connect, type DatabaseAddress, reach, type Sql } from "../db/connection/client.ts";
import { SERVICE_ROLE } from "../db/postgres/service_rights.ts";
import { failAbandoned } from "../db/reports/reports.ts";
import { openEmbeddedPostgres } from "../postgres_embedded/embedded.ts";
import { dropStartRights } from "./drop_start_rights.ts";
import { type DatabaseRoles, prepareDatabase } from "./prepare_database.ts";

/** A database that is ready for use. It closes with its scope. */
export interface Database extends AsyncDisposable {
  readonly sql: Sql;
  readonly address: DatabaseAddress;
}

interface Options {
  /** `owner` for what alters or drops tables. */
  readonly as?: keyof DatabaseRoles;
}

/**
 * Connects to the Postgres of the settings, or else to the embedded one, and brings its schema up to date.
 *
 * @throws {Error} if Postgres does not answer, or a newer version of Storewatch changed the schema
 */
export async function openDatabase(config: Config, { as = "service" }: Options = {}): Promise<Database> {
  await using opened = new AsyncDisposableStack();
  const roles = config.database === undefined
    ? await startEmbedded(config, opened)
    : { service: config.database, owner: config.owner ?? config.database };
  await dropStartRights();
  await prepareDatabase(roles, as);
  const address = roles[as];
  const sql = opened.adopt(connect(address), close);
  await reach(sql, address);
  await failAbandoned(sql);
  const rest = opened.move();
  return { sql, address, [Symbol.asyncDispose]: () => rest.disposeAsync() };
}

async function startEmbedded({ dataFolder }: Config, opened: AsyncDisposableStack): Promise<DatabaseRoles> {
  const postgres = opened.adopt(await openEmbeddedPostgres(dataFolder), (postgres) => postgres.close());
  const { host, port, user, database } = postgres;
  return { owner: { host, port, user, database }, service: { host, port, user: SERVICE_ROLE, database } };
}
