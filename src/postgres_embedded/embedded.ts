import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import script from "./embedded.sh" with { type: "text" };
import { type Binaries, findBinaries, provideBinaries } from "./binaries.ts";
import { type Home, prepareHome, shell } from "./home.ts";
import { isWelcome, type Lifeline, takeLifeline, waitForGuardiansEnd } from "./lifeline.ts";

/** Where to reach the Postgres that Storewatch brings along, in the form that postgres.js takes. */
export interface EmbeddedPostgres {
  /** The folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly user: "storewatch";
  readonly database: "storewatch";
  /** Whether this call started it, because it had no user. */
  readonly startedHere: boolean;
  /** Stops using it. The last user waits until it has stopped. */
  close(): Promise<void>;
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly ready: boolean;
}

/** What a user holds: the kernel takes all of it back from a process that dies. */
interface Holdings {
  readonly dataFolder: string;
  readonly home: Home;
  /** A lock that users share, by which the last one knows that it is the last. */
  readonly seat: Deno.FsFile;
  readonly lifeline: Lifeline;
}

/**
 * Opens the Postgres of a data folder: uses the one that runs, else starts it, else creates it. Any number of processes
 * may share one. It stops when the last of them has closed it or is dead, however it died.
 *
 * Needs `--allow-read --allow-write --allow-net --allow-run=sh --allow-env=PATH --allow-sys=uid,systemMemoryInfo`.
 *
 * @throws {Error} if there is no Postgres for this platform, or if it does not start
 */
export async function openEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const path = resolve(dataFolder);
  try {
    return await open(path, await findBinaries());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Could not open the embedded Postgres in ${path}: ${reason}`, { cause });
  }
}

async function open(dataFolder: string, binaries: Binaries): Promise<EmbeddedPostgres> {
  await Deno.mkdir(dataFolder, { recursive: true });
  using _turn = await takeTurn(dataFolder);
  const home = await prepareHome(await Deno.realPath(dataFolder));
  using unless = new DisposableStack();
  const seat = unless.use(await takeSeat(home.folder));
  const joined = await join(home.folder);
  const lifeline = unless.use(joined ?? await start(home, binaries));
  const { host, port } = await waitUntilReady(home.folder, lifeline);
  unless.move(); // no error has happened: keep them
  let left: Promise<void> | undefined;
  const close = () => left ??= leave({ dataFolder, home, seat, lifeline });
  return { host, port, user: "storewatch", database: "storewatch", startedHere: joined === undefined, close };
}

async function leave({ dataFolder, home, seat, lifeline }: Holdings): Promise<void> {
  using _turn = await takeTurn(dataFolder);
  lifeline[Symbol.dispose]();
  const isLast = await seat.tryLock(true);
  seat.close();
  if (isLast) await waitForGuardiansEnd(home.folder);
}

/** Users come and go one at a time, so that ten at once start one server. */
async function takeTurn(dataFolder: string): Promise<Deno.FsFile> {
  return await lock(`${dataFolder}/postgres.lock`, true);
}

async function takeSeat(folder: string): Promise<Deno.FsFile> {
  return await lock(`${folder}/users`, false);
}

async function lock(path: string, exclusive: boolean): Promise<Deno.FsFile> {
  const file = await Deno.open(path, { read: true, write: true, create: true });
  await file.lock(exclusive);
  return file;
}

async function join(folder: string): Promise<Lifeline | undefined> {
  const lifeline = takeLifeline(folder);
  if (lifeline === undefined || await isWelcome(folder, lifeline)) return lifeline;
  lifeline[Symbol.dispose]();
  return undefined;
}

async function start(home: Home, binaries: Binaries): Promise<Lifeline> {
  const server = await readServer(home.folder);
  const found = server !== undefined && await listens(server) ? "orphaned" : "free";
  const programs = await provideBinaries(binaries, home);
  const args = ["-c", script, "embedded.sh", programs, home.folder, home.sockets, found, ...settings()];
  // Detached, since Ctrl-C is meant for us alone.
  const launcher = shell(args, home.account, { stdin: "piped", detached: true }).spawn();
  const { stderr } = await launcher.output();
  const lifeline = takeLifeline(home.folder);
  await launcher.stdin.close();
  if (lifeline !== undefined && await isWelcome(home.folder, lifeline)) return lifeline;
  lifeline?.[Symbol.dispose]();
  throw new Error(`Postgres does not start. ${new TextDecoder().decode(stderr)}${await endOfLog(home.folder)}`);
}

function settings(): string[] {
  const megabytes = Math.floor(Math.min(512, Deno.systemMemoryInfo().total / 8 / 2 ** 20));
  return Object.entries({
    listen_addresses: "",
    max_connections: 200,
    shared_buffers: `${megabytes}MB`,
    work_mem: "64MB",
    maintenance_work_mem: "256MB",
    // Containers often allow 64 MB in /dev/shm, which parallel queries outgrow; macOS has little of the other kind.
    dynamic_shared_memory_type: Deno.build.os === "linux" ? "sysv" : "posix",
    wal_level: "minimal",
    max_wal_senders: 0,
    max_wal_size: "4GB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
  }).map(([name, value]) => `--${name}=${value}`);
}

async function waitUntilReady(folder: string, lifeline: Lifeline): Promise<Server> {
  while (lifeline.knock()) {
    const server = await readServer(folder);
    if (server?.ready && await listens(server)) return server;
    await delay(10);
  }
  throw new Error(`Postgres does not stay up. ${await endOfLog(folder)}`);
}

/** What Postgres tells of itself in its lock file. A crash leaves the file behind. */
async function readServer(folder: string): Promise<Server | undefined> {
  try {
    const lines = (await Deno.readTextFile(`${folder}/data/postmaster.pid`)).split("\n");
    const [, , , port, host, , , status] = lines;
    if (port === undefined || !host) return undefined;
    return { host, port: Number(port), ready: status?.trim() === "ready" };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function listens({ host, port }: Server): Promise<boolean> {
  try {
    (await Deno.connect({ transport: "unix", path: `${host}/.s.PGSQL.${port}` })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

async function endOfLog(folder: string): Promise<string> {
  const path = `${folder}/log`;
  try {
    const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
    return `${path} ends with:\n${lines.slice(-10).join("\n")}`;
  } catch (error) {
    return `${path} cannot be read: ${error}`;
  }
}
