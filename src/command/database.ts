import type { Config } from "../config.ts";
import { close, connect, type DatabaseAddress, reach, type Sql } from "../db/connection/client.ts";
import { openEmbeddedPostgres } from "../postgres_embedded/embedded.ts";
import { carryOverRows } from "../db/polls/carry_over.ts";
import { migrate } from "../db/postgres/migrate.ts";
import { needRights } from "../db/postgres/rights.ts";
import { dropStartRights } from "./drop_start_rights.ts";
import { failAbandoned } from "../db/reports/reports.ts";

/** A database that is ready for use. It closes with its scope. */
export interface Database extends AsyncDisposable {
  readonly sql: Sql;
  readonly address: DatabaseAddress;
}

/**
 * Connects to the Postgres of the settings, or else to the embedded one, and brings its schema up to date.
 *
 * @throws {Error} if Postgres does not answer, or a newer version of Storewatch changed the schema
 */
export async function openDatabase(config: Config, connections = 10): Promise<Database> {
  await using opened = new AsyncDisposableStack();
  const address = config.database ?? await startEmbedded(config, opened);
  await dropStartRights();
  const sql = opened.adopt(connect(address, { max: connections }), close);
  await reach(sql, address);
  await needRights(sql);
  await migrate(sql);
  await carryOverRows(sql);
  await failAbandoned(sql);
  const rest = opened.move();
  return { sql, address, [Symbol.asyncDispose]: () => rest.disposeAsync() };
}

async function startEmbedded({ dataFolder }: Config, opened: AsyncDisposableStack): Promise<DatabaseAddress> {
  const postgres = opened.adopt(await openEmbeddedPostgres(dataFolder), (postgres) => postgres.close());
  const { host, port, user, database } = postgres;
  return { host, port, user, database };
}
