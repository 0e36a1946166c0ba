import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { prepareDatabase } from "../../src/command/prepare_database.ts";
import { codeOf } from "../../src/error_code.ts";
import { openServedDatabase } from "../support/served_database.ts";

const REFUSED = "42501";

/** What a role that serves must not do. */
const FORBIDDEN = [
  "update audit set actor = 'nobody'",
  "delete from audit",
  "truncate audit",
  "drop table audit",
  "alter table audit disable trigger all",
  "alter table audit alter column actor drop not null",
  "alter table audit owner to current_user",
  "merge into audit using (select 1) as one on true when matched then delete",
  "create rule hide as on insert to audit do instead nothing",
  "create trigger hide before insert on audit for each row execute function note_any_stores()",
  "drop index audit_by_time",
  "alter table stores add column more text",
  "alter table stores disable row level security",
  "truncate stores cascade",
  "drop table poll_days cascade",
  "drop schema storewatch cascade",
  "create table storewatch.more (id integer)",
  "create table storewatch_queue.more (id integer)",
  "create function storewatch.more() returns integer language sql return 1",
  "create or replace function fill_poll_days(months date[], percent integer) returns void language sql return null",
  "alter function provide_poll_days_of security invoker",
  "create schema more",
  "update storewatch_seen.audit set actor = 'nobody'",
  "delete from storewatch_seen.audit",
  "drop view storewatch_seen.stores",
  "create or replace view storewatch_seen.stores as select * from storewatch.stores",
  "alter view storewatch_seen.audit set (security_invoker = false)",
  "create view storewatch_seen.more as select 1",
  "select provide_seen_views()",
  "drop trigger refuse_rules_for_all on special_hours",
  "alter function refuse_shared_exclusions reset all",
  "delete from access_keys",
  "delete from people",
  "update sessions set expires_at = 'infinity'",
  "truncate rate_limits",
  "insert into storewatch_seen.migrations (version, name) values (9999, 'x')",
  "insert into migrations (version, name) values (9999, 'x')",
  "update migrations set checksum = null",
  "delete from migrations",
  "drop table storewatch_queue.job cascade",
  "set session authorization default; alter table audit rename to nothing",
  "create role more",
  "copy stores to program 'true'",
  "copy stores to '/tmp/stores'",
  "select pg_read_file('/etc/passwd')",
  "create extension if not exists dblink",
  "alter system set fsync = off",
];

async function audited(sql: Sql): Promise<unknown[]> {
  return [...await sql`select * from audit order by audit_id`];
}

Deno.test("the role that serves cannot alter the schema, nor change the audit, but can add to it", async () => {
  await using database = await openServedDatabase();
  const { owner, service } = database;
  const add = (sql: Sql) => sql`insert into audit (actor, action) values ('test', 'x')`;
  await add(owner);
  await add(service);
  const before = await audited(owner);
  const [{ name = "" } = {}] = await owner<{ name: string }[]>`select quote_ident(current_user) as name`;
  // Postgres only warns that this grants nothing.
  await service`grant update, delete, truncate on audit to current_user`;
  for (const statement of [...FORBIDDEN, `set role ${name}`]) {
    const error: unknown = await service.unsafe(statement).simple().then(() => undefined, (error) => error);
    assert.equal(codeOf(error), REFUSED, `${statement}: ${error}`);
  }
  assert.deepEqual(await audited(owner), before);
  assert.deepEqual(await audited(service), before);
  assert.equal(before.length, 2);
});

Deno.test("a role that serves gets what it lacks, and loses what it should not have, with the next start", async () => {
  await using database = await openServedDatabase();
  const { owner, service, role, addresses } = database;
  await owner`create table storewatch.later (id integer)`;
  assert.deepEqual([...await service`select * from later`], [], "tables that come later are readable");
  await owner`grant delete, truncate on audit to ${owner(role)}`;
  await owner`revoke select on stores from ${owner(role)}`;
  await prepareDatabase(addresses, "service");
  await service`select from stores`;
  await assert.rejects(async () => await service`delete from audit`, { code: REFUSED });
  await assert.rejects(async () => await service`truncate audit`, { code: REFUSED });
});

Deno.test("a view of what a key sees gives a role no more than its table does, whatever was granted on the view", async () => {
  await using database = await openServedDatabase();
  const { owner, service, role } = database;
  await owner`insert into audit (actor, action, store_ids) values ('test', 'x', '{}')`;
  await owner`grant all on all tables in schema storewatch_seen to ${owner(role)}`;
  for (const statement of ["update storewatch_seen.audit set actor = 'x'", "delete from storewatch_seen.audit"]) {
    await assert.rejects(
      async () => await service.unsafe(statement),
      { code: REFUSED, message: /table audit/ },
      statement,
    );
  }
});

Deno.test("a service that does not know the owner's address starts while its tables are current", async () => {
  await using database = await openServedDatabase();
  const { owner, addresses: { service } } = database;
  await prepareDatabase({ owner: service, service }, "service");
  const forOwner = prepareDatabase({ owner: service, service }, "owner");
  await assert.rejects(forOwner, /belong to .*: connect as .* set MIGRATE_DATABASE_URL/);
  await owner`delete from migrations where version = (select max(version) from migrations)`;
  const outdated = prepareDatabase({ owner: service, service }, "service");
  await assert.rejects(outdated, /belong to .*: connect as .* set MIGRATE_DATABASE_URL/);
});

Deno.test("one plain role does both, as ever", async () => {
  await using database = await openServedDatabase();
  const { addresses: { owner } } = database;
  await prepareDatabase({ owner, service: owner }, "service");
  await prepareDatabase({ owner, service: owner }, "owner");
});
