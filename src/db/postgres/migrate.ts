import { hasSchema, SCHEMA, type Sql, type Transaction } from "../connection/client.ts";
import { transaction } from "./transaction.ts";

const FOLDER = new URL("../migrations/", import.meta.url);

/** Any number will do, as long as nobody else takes it. */
const MIGRATION_LOCK = 7_305_415_287;

interface Migration {
  readonly version: number;
  readonly name: string;
}

/**
 * Brings the schema up to date: applies each numbered file in `migrations/` once, all in one transaction, one process at
 * a time.
 *
 * @throws {Error} if the database was made by a newer program
 */
export async function migrate(sql: Sql): Promise<void> {
  const migrations = await listMigrations();
  await transaction(sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
    // "if not exists" takes the right to create one even if the schema is there.
    if (!(await hasSchema(tx, SCHEMA))) await tx.unsafe(`create schema ${SCHEMA}`);
    await tx`create table if not exists migrations (
      version integer primary key, name text not null, applied_at timestamptz not null default now())`;
    const current = await currentVersion(tx);
    refuseNewer(current, migrations.length);
    for (const migration of migrations.filter(({ version }) => version > current)) await apply(tx, migration);
  });
}

/** Whether the schema is the one that this program was written for. */
export async function isCurrent(sql: Sql): Promise<boolean> {
  return (await currentVersion(sql)) === (await listMigrations()).length;
}

async function currentVersion(sql: Sql | Transaction): Promise<number> {
  const [row] = await sql<{ version: number }[]>`select coalesce(max(version), 0) as version from migrations`;
  return row?.version ?? 0;
}

function refuseNewer(current: number, known: number): void {
  if (current <= known) return;
  throw new Error(
    `The database has schema version ${current}, but this program knows versions up to ${known}: ` +
      "it was made by a newer Storewatch. Start that one, or another database.",
  );
}

async function apply(tx: Transaction, { version, name }: Migration): Promise<void> {
  await tx.unsafe(await Deno.readTextFile(new URL(name, FOLDER)));
  await tx`insert into migrations (version, name) values (${version}, ${name})`;
}

async function listMigrations(): Promise<Migration[]> {
  const names = await Array.fromAsync(Deno.readDir(FOLDER), (entry) => entry.name);
  return names.filter((name) => name.endsWith(".sql")).sort()
    .map((name) => ({ version: Number.parseInt(name), name }));
}
