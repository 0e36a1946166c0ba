import assert from "node:assert/strict";
import type { DatabaseAddress } from "../../src/db/connection/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

function as(address: DatabaseAddress, user: string): Record<string, string> {
  const { DATABASE_URL, ...parts } = environmentOf(address);
  if (DATABASE_URL === undefined) return { ...parts, PGUSER: user };
  const url = new URL(DATABASE_URL);
  url.username = user;
  return { DATABASE_URL: url.href };
}

Deno.test("a role without rights learns which ones it lacks, one grant after the other, until a report is made", async () => {
  const { sql, address, close } = await openTestDatabase();
  await using folder = await makeTempFolder();
  const role = `app-${crypto.randomUUID().slice(0, 8)}`;
  const env = { ...as(address, role), REPORTS_DIR: folder.path };
  const [here] = await sql<{ name: string }[]>`select current_database() as name`;
  const complaint = async () => (await runTask("report", [], env)).err;
  try {
    await sql`drop schema storewatch, storewatch_seen cascade`;
    await sql`create role ${sql(role)} login`;
    await sql`revoke all on database ${sql(here?.name ?? "")} from public`;
    assert.match(await complaint(), /permission denied for database.*grant connect on database/);
    await sql`grant connect on database ${sql(here?.name ?? "")} to ${sql(role)}`;

    const lacking = await complaint();
    assert.match(lacking, new RegExp(`The Postgres role "${role}" lacks rights in the database ${here?.name}`));
    const grant = /grant create, temporary on database \S+ to "[^"]+"/.exec(lacking)?.[0];
    assert.ok(grant !== undefined, lacking);
    await sql.unsafe(grant);
    assert.match(await complaint(), /There are no stores/);

    await sql`create schema storewatch_queue authorization ${sql(role)}`;
    await sql`revoke create on database ${sql(here?.name ?? "")} from ${sql(role)}`;
    assert.match(await complaint(), /There are no stores/, "the schemas are there, so that the right is not needed");

    await sql`alter schema storewatch owner to current_user`;
    assert.match(await complaint(), /grant usage, create on schema storewatch to "app-/);
    await sql`grant usage, create on schema storewatch to ${sql(role)}`;
    await sql`alter table storewatch.stores owner to current_user`;
    assert.match(await complaint(), /The tables in schema storewatch belong to \S+: connect as /);
  } finally {
    await sql`reassign owned by ${sql(role)} to current_user`;
    await sql`drop owned by ${sql(role)}`;
    await sql`drop role ${sql(role)}`;
    await close();
  }
});
