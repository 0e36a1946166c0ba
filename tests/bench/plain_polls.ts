import type { Sql } from "../../src/db/connection/client.ts";

/*
 * Polls as plain Postgres has them: a row for each poll, in the table `plain_polls`. Ours are stored by day, so what we compare
 * ourselves with needs a table of its own.
 */

/** Makes the table, with a key that has all columns: what reads polls in order never looks at the table itself. */
export async function createPlainPolls(sql: Sql): Promise<void> {
  await sql`
    create table plain_polls (
      store_key integer, at timestamptz, active boolean not null, primary key (store_key, at) include (active)
    )`;
}

/** Makes the table and fills it with all polls, ready to be read fast. */
export async function providePlainPolls(sql: Sql): Promise<void> {
  await createPlainPolls(sql);
  await sql`insert into plain_polls select store_key, at, active from polls order by store_key, at`;
  await sql`vacuum (analyze) plain_polls`;
}
