import { SCHEMA, type Sql } from "../connection/client.ts";
import { SEEN_SCHEMA } from "../access/seen.ts";
import { QUEUE_SCHEMA } from "../reports/queue.ts";

interface Rights {
  readonly user: string;
  readonly database: string;
  readonly may_create_schemas: boolean;
  readonly may_create_temporary: boolean;
  readonly schemas: readonly SchemaRights[];
}

interface SchemaRights {
  readonly name: string;
  readonly exists: boolean;
  readonly may_use: boolean;
  readonly may_create: boolean;
  /** Another role that has tables in it. */
  readonly other_owner: string | null;
}

/**
 * Makes sure that our role may do all that Storewatch does, before anything is half done.
 *
 * @throws {Error} naming each right that is missing, and the statements that grant them
 */
export async function needRights(sql: Sql): Promise<void> {
  const rights = await readRights(sql);
  const { user, database, schemas } = rights;
  for (const { name, other_owner: owner } of schemas) {
    // Adding a month and updating the schema take the owner of the tables.
    if (owner) {
      throw new Error(
        `The tables in schema ${name} belong to ${owner}: connect as ${owner}, grant ${owner} to ${user}, ` +
          "or set MIGRATE_DATABASE_URL to the address of the owner",
      );
    }
  }
  const grants = grantsFor(rights);
  if (grants.length === 0) return;
  throw new Error(
    `The Postgres role ${user} lacks rights in the database ${database}. ` +
      `As an administrator, run there: ${grants.join("; ")}`,
  );
}

async function readRights(sql: Sql): Promise<Rights> {
  const [row] = await sql<Rights[]>`
    select quote_ident(current_user) as user, quote_ident(current_database()) as database,
      has_database_privilege(current_database(), 'create') as may_create_schemas,
      has_database_privilege(current_database(), 'temporary') as may_create_temporary,
      (select json_agg(json_build_object(
        'name', name,
        'exists', found.oid is not null,
        'may_use', coalesce(has_schema_privilege(found.oid, 'usage'), true),
        'may_create', coalesce(has_schema_privilege(found.oid, 'create'), true),
        'other_owner', (select quote_ident(pg_get_userbyid(relowner)) from pg_class
          where relnamespace = found.oid and relkind in ('r', 'p') and not pg_has_role(relowner, 'usage') limit 1)
      ) order by name)
      from unnest(${[SCHEMA, QUEUE_SCHEMA, SEEN_SCHEMA]}::text[]) as name
      left join lateral (select oid from pg_namespace where nspname = name) as found on true) as schemas`;
  if (row === undefined) throw new Error("Postgres did not say which rights there are");
  return row;
}

function grantsFor({ user, database, may_create_schemas, may_create_temporary, schemas }: Rights): string[] {
  const wanted = [
    ...may_create_schemas || schemas.every(({ exists }) => exists) ? [] : ["create"],
    ...may_create_temporary ? [] : ["temporary"],
  ];
  return [
    ...wanted.length === 0 ? [] : [`grant ${wanted.join(", ")} on database ${database} to ${user}`],
    ...schemas.flatMap((schema) => schemaGrants(schema, user)),
  ];
}

function schemaGrants({ name, may_use, may_create }: SchemaRights, user: string): string[] {
  const wanted = [...may_use ? [] : ["usage"], ...may_create ? [] : ["create"]];
  return wanted.length === 0 ? [] : [`grant ${wanted.join(", ")} on schema ${name} to ${user}`];
}
