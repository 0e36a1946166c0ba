// Runs all tests, or with `database` those that depend on the version of Postgres. Types are checked by `deno task check`.
import { readDatabaseAddress } from "../../src/db/connection/address_settings.ts";
import { openEmbeddedPostgres } from "../../src/postgres_embedded/embedded.ts";
import { statfs } from "node:fs/promises";
import { DATA_FOLDER, SHARED_POSTGRES } from "./database.ts";
import { makeTempFolder } from "./temp_folder.ts";

const PERMISSIONS = ["read", "write", "env", "sys", "net", "run"].map((name) => `--allow-${name}`);

/** Tests often wait for a process, a database or a clock: one more than there are processors uses that time. */
const SIDE_BY_SIDE = navigator.hardwareConcurrency + 1;

/** A file system in memory, and how many bytes it must have free. */
const MEMORY = "/dev/shm";
const ROOM = 4e9;

/** Folders whose tests ask Postgres. */
const OF_SQL = ["db", "ingest", "report"];

/** Tests of reading and measuring, of the network, and of other servers. They say the same with any version of Postgres. */
const NO_SQL_OF_ITS_OWN = [
  "db/embedded_test.ts",
  "db/lost_connections_test.ts",
  "db/tls_test.ts",
  "db/traffic_test.ts",
  "ingest/columns_test.ts",
  "ingest/csv_test.ts",
  "ingest/documents",
  "ingest/encoding_test.ts",
  "ingest/field_test.ts",
  "ingest/hostile_files_test.ts",
  "ingest/hostile_folders_test.ts",
  "ingest/max_rejects_test.ts",
  "ingest/memory_test.ts",
  "ingest/unpack_test.ts",
  "ingest/values",
  "report/calendar_agreement_test.ts",
  "report/sample_agreement_test.ts",
  "report/zone_rules_test.ts",
];

// Ctrl-C goes to the tests too: they end, then Postgres does, and its folder goes.
Deno.addSignalListener("SIGINT", () => {});
const isPassed = await withPostgres(Deno.args[0] === "database" ? testDatabase : testAll);
Deno.exit(isPassed ? 0 : 1);

async function testAll(): Promise<boolean> {
  // A browser with its service keeps a processor busy.
  return await run(".", { jobs: SIDE_BY_SIDE, ignore: ["web"] }) &&
    await run("web", { jobs: navigator.hardwareConcurrency, ignore: [] });
}

async function testDatabase(): Promise<boolean> {
  // Deno 2.9 looks for ignored paths below the first path alone, so there is one.
  const names = await Array.fromAsync(Deno.readDir("."), ({ name }) => name);
  const others = names.filter((name) => !OF_SQL.includes(name));
  return await run(".", { jobs: SIDE_BY_SIDE, ignore: [...others, ...NO_SQL_OF_ITS_OWN] });
}

/**
 * Keeps the tests' Postgres running: without a user between two files it stops, and to start it takes 200 ms.
 * Its data are in memory, where there is room. On ext4 a new database takes 110 ms, in memory 30 ms: ext4 searches for inodes
 * that were not in use lately, and each dropped database leaves 380.
 */
async function withPostgres(work: () => Promise<boolean>): Promise<boolean> {
  if (readDatabaseAddress(Deno.env.toObject()) !== undefined) return await work();
  if (!await hasRoom(MEMORY)) return await withPostgresIn(DATA_FOLDER, work);
  await using folder = await makeTempFolder({ dir: MEMORY });
  await Deno.chmod(folder.path, 0o755);
  return await withPostgresIn(folder.path, work);
}

async function withPostgresIn(folder: string, work: () => Promise<boolean>): Promise<boolean> {
  const { host, close } = await openEmbeddedPostgres(folder);
  Deno.env.set(SHARED_POSTGRES, host);
  return await work().finally(close);
}

async function hasRoom(folder: string): Promise<boolean> {
  const space = await statfs(folder).catch(() => undefined);
  return space !== undefined && space.bavail * space.bsize > ROOM;
}

async function run(path: string, { jobs, ignore }: { jobs: number; ignore: readonly string[] }): Promise<boolean> {
  const ignored = ignore.length === 0 ? [] : [`--ignore=${ignore.join(",")}`];
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--parallel", "--no-check", ...PERMISSIONS, ...ignored, path],
    env: { DENO_JOBS: String(jobs) },
  }).spawn().status;
  return success;
}
