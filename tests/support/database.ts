import { fileURLToPath } from "node:url";
import { readDatabaseAddress } from "../../src/db/connection/address_settings.ts";
import { close, connect, type DatabaseAddress, type Sql } from "../../src/db/connection/client.ts";
import { openEmbeddedPostgres } from "../../src/postgres_embedded/embedded.ts";
import { migrate } from "../../src/db/postgres/migrate.ts";
import { retryWhileInUse } from "./retry_while_in_use.ts";

const MIGRATIONS = new URL("../../src/db/migrations/", import.meta.url);
/** Where the data are that the embedded Postgres has for tests. */
export const DATA_FOLDER = fileURLToPath(new URL("../../.storewatch/test", import.meta.url));

/** A variable with the folder of the socket of a Postgres that runs for all test files, as `run_tests.ts` starts it. */
export const SHARED_POSTGRES = "STOREWATCH_TEST_POSTGRES";

/** How an embedded Postgres is reached in its folder. */
const EMBEDDED = { port: 5432, user: "storewatch", database: "storewatch" };

/** Any number will do, as long as no other lock has it. */
const TEMPLATE_LOCK = 7_305_415_291;

export interface TestDatabase {
  readonly sql: Sql;
  readonly address: DatabaseAddress;
  /** Drops it. */
  close(): Promise<void>;
}

interface Server {
  readonly address: DatabaseAddress;
  close(): Promise<void>;
}

/**
 * Makes an empty database with today's schema, for one suite of tests: a copy of a template, which takes 30 ms.
 * On the server of `DATABASE_URL` or `PGHOST`, if one is set, else on the embedded Postgres, which all test files share.
 */
export async function openTestDatabase(options: { max?: number } = {}): Promise<TestDatabase> {
  const server = await openServer();
  const name = `storewatch_test_${crypto.randomUUID().replaceAll("-", "")}`;
  await onServer(server, async (admin) => {
    const template = await provideTemplate(admin, server);
    await retryWhileInUse(() => admin.unsafe(`create database ${name} template ${template}`));
  });
  const address = withDatabase(server.address, name);
  const sql = connect(address, { name: "storewatch tests", ...options });
  return {
    sql,
    address,
    async close() {
      // Not five seconds: after a backend was killed on purpose, postgres.js waits for it to the end.
      await sql.end({ timeout: 1 });
      await onServer(server, (admin) => admin.unsafe(`drop database if exists ${name} with (force)`));
      await server.close();
    },
  };
}

async function openServer(): Promise<Server> {
  const address = readDatabaseAddress({ PGUSER: "postgres", PGDATABASE: "postgres", ...Deno.env.toObject() });
  if (address !== undefined) return { address, close: () => Promise.resolve() };
  const shared = Deno.env.get(SHARED_POSTGRES);
  if (shared !== undefined) return { address: { ...EMBEDDED, host: shared }, close: () => Promise.resolve() };
  const { host, close } = await openEmbeddedPostgres(DATA_FOLDER);
  return { address: { ...EMBEDDED, host }, close };
}

async function onServer(server: Server, work: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = connect(server.address, { max: 1, name: "storewatch tests" });
  try {
    await work(admin);
  } finally {
    await close(admin);
  }
}

/** The template is named after its schema, so a changed migration makes a new one. */
async function provideTemplate(admin: Sql, server: Server): Promise<string> {
  const name = `storewatch_template_${await hashOfMigrations()}`;
  await admin`select pg_advisory_lock(${TEMPLATE_LOCK})`;
  const found = await admin`select from pg_database where datname = ${name}`;
  if (found.length === 0) await makeTemplate(admin, server, name);
  await admin`select pg_advisory_unlock(${TEMPLATE_LOCK})`;
  return name;
}

/** It gets its name when it is whole: a run that was killed leaves no half one behind. */
async function makeTemplate(admin: Sql, server: Server, name: string): Promise<void> {
  const draft = `${name}_draft`;
  await admin.unsafe(`drop database if exists ${draft} with (force)`);
  await admin.unsafe(`create database ${draft}`);
  const sql = connect(withDatabase(server.address, draft), { max: 1, name: "storewatch tests" });
  await migrate(sql).finally(() => close(sql));
  await retryWhileInUse(() => admin.unsafe(`alter database ${draft} rename to ${name}`));
}

async function hashOfMigrations(): Promise<string> {
  const names = await Array.fromAsync(Deno.readDir(MIGRATIONS), (entry) => entry.name);
  const texts = await Promise.all(names.sort().map((name) => Deno.readTextFile(new URL(name, MIGRATIONS))));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode([...names, ...texts].join("\0")));
  return new Uint8Array(hash).toHex().slice(0, 12);
}

function withDatabase(address: DatabaseAddress, database: string): DatabaseAddress {
  if (!("url" in address)) return { ...address, database };
  const url = new URL(address.url);
  url.pathname = `/${database}`;
  return { ...address, url: url.href };
}

/** A test that has an empty database of its own. */
export function databaseTest(name: string, test: (database: TestDatabase) => Promise<void>): void {
  Deno.test(name, async () => {
    const database = await openTestDatabase();
    try {
      await test(database);
    } finally {
      await database.close();
    }
  });
}
