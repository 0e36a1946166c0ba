import { hasSchema, SCHEMA, type Sql, type Transaction } from "../connection/client.ts";
import { transaction } from "./transaction.ts";

const FOLDER = new URL("../migrations/", import.meta.url);

/** Any number works if no other advisory lock uses it. */
const MIGRATION_LOCK = 7_305_415_287;

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  /** The SHA-256 of the text. */
  readonly checksum: string;
}

interface Applied {
  readonly version: number;
  /** Null: applied by a program that kept no checksums. */
  readonly checksum: string | null;
}

/**
 * Brings the schema up to date: applies each numbered file in `migrations/` once, all in one transaction, one process at
 * a time.
 *
 * @throws {Error} if the database was made by a newer program, or if a file changed after the database applied it
 */
export async function migrate(sql: Sql, folder = FOLDER): Promise<void> {
  const migrations = await readMigrations(folder);
  await transaction(sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
    // "create schema if not exists" needs the right to create one even if the schema exists.
    if (!(await hasSchema(tx, SCHEMA))) await tx.unsafe(`create schema ${SCHEMA}`);
    await tx`create table if not exists migrations (
      version integer primary key, name text not null, applied_at timestamptz not null default now())`;
    const current = await currentVersion(tx);
    refuseNewer(current, latestVersion(migrations.map(({ name }) => name)));
    refuseChanged(await listApplied(tx), migrations);
    for (const migration of migrations.filter(({ version }) => version > current)) await apply(tx, migration);
    await fillChecksums(tx, migrations);
  });
}

/** Whether the schema is the one that this program was written for. */
export async function isCurrent(sql: Sql): Promise<boolean> {
  return (await currentVersion(sql)) === latestVersion(await listNames(FOLDER));
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

function refuseChanged(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const { version, checksum } of applied) {
    const migration = migrations.find((each) => each.version === version);
    if (checksum === null || migration === undefined || migration.checksum === checksum) continue;
    throw new Error(
      `Migration ${migration.name} changed after this database applied it: its SHA-256 is ${migration.checksum}, ` +
        `but the database applied ${checksum}. Restore the file, and put the change into a new migration.`,
    );
  }
}

/** As JSON, the row has no checksum if the column does not exist yet. */
async function listApplied(tx: Transaction): Promise<Applied[]> {
  return await tx<Applied[]>`select version, to_jsonb(migrations) ->> 'checksum' as checksum from migrations`;
}

async function fillChecksums(tx: Transaction, migrations: readonly Migration[]): Promise<void> {
  await tx`
    update migrations set checksum = file.checksum
    from unnest(${migrations.map(({ version }) => version)}::integer[], ${
    migrations.map(({ checksum }) => checksum)
  }::text[])
      as file (version, checksum)
    where migrations.version = file.version and migrations.checksum is null`;
}

async function apply(tx: Transaction, { version, name, text }: Migration): Promise<void> {
  await tx.unsafe(text);
  await tx`insert into migrations (version, name) values (${version}, ${name})`;
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  return await Promise.all((await listNames(folder)).map(async (name) => {
    // Git may check a file out with the line ends of Windows.
    const text = (await Deno.readTextFile(new URL(name, folder))).replaceAll("\r\n", "\n");
    return { version: Number.parseInt(name), name, text, checksum: await sha256(text) };
  }));
}

/** Not how many there are: a number may be left out. */
function latestVersion(names: readonly string[]): number {
  return Number.parseInt(names.at(-1) ?? "0");
}

async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

async function listNames(folder: URL): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
  return names.filter((name) => name.endsWith(".sql")).sort();
}
