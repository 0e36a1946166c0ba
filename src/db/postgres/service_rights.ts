import { codeOf } from "../../error_code.ts";
import { type Fragment, SCHEMA, type Sql, type Transaction } from "../connection/client.ts";
import { transaction } from "./transaction.ts";

/** The role of a service on the embedded Postgres. */
export const SERVICE_ROLE = "storewatch_service";

/** What the service may do with most tables. It is the owner of none, so it can neither alter nor drop one. */
const ROWS = ["select", "insert", "update", "delete"];
/** Tables of which it may do less. */
const LESS: Readonly<Record<string, readonly string[]>> = {
  audit: ["select", "insert"],
  migrations: ["select"],
  access_keys: ["select", "insert", "update"],
  people: ["select", "insert", "update"],
  sessions: ["select", "insert", "delete"],
};
/** Functions that alter the schema, for migrations alone. */
const OWNERS_FUNCTIONS = ["provide_seen_views"];
/** The schema, that of the queue, and that of the views of what a key sees. */
const NEEDED_SCHEMAS = 3;
/** Postgres 17 lets a role vacuum tables that it does not own. Before that, a load by the service leaves it to autovacuum. */
const MAINTAIN_SINCE = 170_000;

/** Whether the role of this session owns the tables, or may do as their owner does. */
export async function isOwner(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ owner: boolean }[]>`
    select coalesce(bool_and(pg_has_role(relowner, 'usage')), true) as owner
    from pg_class where relnamespace = to_regnamespace(${SCHEMA}) and relkind in ('r', 'p')`;
  return row?.owner ?? true;
}

/** The role of these connections. */
export async function roleOf(sql: Sql): Promise<string> {
  const [row] = await sql<{ role: string }[]>`select current_user as role`;
  if (row === undefined) throw new Error("Postgres did not say which role this is");
  return row.role;
}

/** Makes the role of the embedded Postgres, which needs no password on its socket. */
export async function provideServiceRole(owner: Sql): Promise<void> {
  if ((await owner`select from pg_roles where rolname = ${SERVICE_ROLE}`).length > 0) return;
  // Roles are the server's: another of its databases may make it at this moment.
  await owner`create role ${owner(SERVICE_ROLE)} login`.catch((error) => {
    if (!["42710", "23505"].includes(codeOf(error) ?? "")) throw error;
  });
}

/**
 * Gives a role what the service needs, and takes what it should not have. Does nothing if all is so already: a grant makes other
 * sessions plan their statements again.
 */
export async function grantServiceRights(owner: Sql, role: string): Promise<void> {
  if (await hasServiceRights(owner, role)) return;
  await transaction(owner, async (tx) => {
    for (const statement of await grants(tx, role)) await tx.unsafe(statement);
  });
}

/** Whether a role has exactly the rights of a service on all tables and functions. */
export async function hasServiceRights(sql: Sql, role: string): Promise<boolean> {
  const [row] = await sql<{ fits: boolean }[]>`
    with schemas as (select oid, nspname from pg_namespace where ${isOurs(sql)})
    select (
      select count(*) >= ${NEEDED_SCHEMAS} and bool_and(has_schema_privilege(${role}, oid, 'usage'))
        and not bool_or(has_schema_privilege(${role}, oid, 'create'))
      from schemas
    ) and (
      select bool_and(has_table_privilege(${role}, tables.oid, privilege) = coalesce(${LESS}::jsonb -> relname ? privilege, true))
      from pg_class tables join schemas on schemas.oid = relnamespace cross join unnest(${ROWS}::text[]) as privilege
      where relkind in ('r', 'p', 'v')
    ) and (
      select bool_and(has_function_privilege(${role}, functions.oid, 'execute') = (proname <> all(${OWNERS_FUNCTIONS}::text[])))
      from pg_proc functions join schemas on schemas.oid = pronamespace
    ) as fits`;
  return row?.fits ?? false;
}

/** The schema, that of the queue, and others that begin so. */
function isOurs(sql: Sql | Transaction): Fragment {
  return sql`(nspname = ${SCHEMA} or starts_with(nspname, ${`${SCHEMA}_`}))`;
}

async function grants(tx: Transaction, name: string): Promise<string[]> {
  const [server] = await tx<{ role: string; version: number }[]>`
    select quote_ident(${name}) as role, current_setting('server_version_num')::integer as version`;
  if (server === undefined) throw new Error("Postgres did not say its version");
  const { role, version } = server;
  const forTables = [...ROWS, ...version >= MAINTAIN_SINCE ? ["maintain"] : []].join(", ");
  const schemas = await tx<{ schema: string }[]>`
    select quote_ident(nspname) as schema from pg_namespace where ${isOurs(tx)} order by 1`;
  return [
    ...schemas.flatMap(({ schema }) => [
      `revoke all on schema ${schema} from ${role}`,
      `grant usage on schema ${schema} to ${role}`,
      `revoke all on all tables in schema ${schema} from ${role}`,
      `grant ${forTables} on all tables in schema ${schema} to ${role}`,
      `grant execute on all functions in schema ${schema} to ${role}`,
      `grant usage on all sequences in schema ${schema} to ${role}`,
      // Months of polls and tables of later versions.
      `alter default privileges in schema ${schema} grant ${forTables} on tables to ${role}`,
    ]),
    ...await lesserGrants(tx, role),
    ...OWNERS_FUNCTIONS.map((name) => `revoke execute on function ${name} from ${role}`),
  ];
}

/** Views of what a key sees have the names of the tables, and get no more than these. */
async function lesserGrants(tx: Transaction, role: string): Promise<string[]> {
  const tables = await tx<{ table: string; name: string }[]>`
    select format('%I.%I', nspname, relname) as table, relname as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where ${isOurs(tx)} and relname = any(${Object.keys(LESS)}) and relkind in ('r', 'p', 'v')`;
  return tables.flatMap(({ table, name }) => [
    `revoke all on ${table} from ${role}`,
    `grant ${LESS[name]?.join(", ")} on ${table} to ${role}`,
  ]);
}
