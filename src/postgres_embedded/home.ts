import { sha256 } from "./sha256.ts";
import { fitsSocket, socketFolder } from "./sockets.ts";

/** A folder that root keeps for what another account must read, though projects may lie below a private home. */
export const SHARED_FOLDER = "/var/lib/storewatch";

/** The user and group ids that a process runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The folder of an embedded Postgres, and its account if that is not ours. */
export interface Home {
  readonly folder: string;
  /** Where its socket lies, which is there while Postgres runs. */
  readonly sockets: string;
  readonly account: Account | undefined;
}

/**
 * Makes the folder `postgres` in the data folder. Postgres refuses to be root, so for root the folder belongs to another
 * account; where that account cannot get to it, or its path does not do for a socket, the folder is a link to one below
 * `/var/lib/storewatch`.
 *
 * @throws {Error} if the folder belongs to another account
 */
export function prepareHome(dataFolder: string): Promise<Home> {
  return Deno.uid() === 0 ? homeForRoot(`${dataFolder}/postgres`, dataFolder) : homeForUser(`${dataFolder}/postgres`);
}

/** Prepares a run of `sh`, by default with no input, no output and its errors kept. */
export function shell(args: string[], account?: Account, options: Deno.CommandOptions = {}): Deno.Command {
  return new Deno.Command("sh", {
    args,
    cwd: "/", // where every account can be
    // None of our environment: a PGPORT would change Postgres, an LD_LIBRARY_PATH Deno forbids to pass on.
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "/usr/bin:/bin", LC_ALL: "C" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    ...account,
    ...options,
  });
}

async function homeForUser(path: string): Promise<Home> {
  await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  const { uid } = await Deno.stat(path);
  if (uid === Deno.uid()) return await homeIn(await Deno.realPath(path));
  throw new Error(`${path} belongs to user ${uid}, and this is user ${Deno.uid()}: run as that user, or as root`);
}

async function homeForRoot(path: string, dataFolder: string): Promise<Home> {
  const account = await ownerOf(path) ?? await serverAccount();
  const target = await linkTarget(path);
  if (target !== undefined) await Deno.mkdir(target, { recursive: true, mode: 0o700 });
  else if (fitsSocket(path) && await canEnter(dataFolder, account)) {
    await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  } else await linkToSharedFolder(path);
  const folder = await Deno.realPath(path);
  await Deno.chown(folder, account.uid, account.gid);
  return await homeIn(folder, account);
}

async function homeIn(folder: string, account?: Account): Promise<Home> {
  return { folder, sockets: await socketFolder(folder, account?.uid ?? Deno.uid() ?? 0), account };
}

/** The account that owns the folder keeps it, so that a Postgres account that is added later changes nothing. */
async function ownerOf(path: string): Promise<Account | undefined> {
  const { uid, gid } = await ignoreMissing(Deno.stat(path)) ?? {};
  return uid && typeof gid === "number" ? { uid, gid } : undefined;
}

async function serverAccount(): Promise<Account> {
  const accounts = (await Deno.readTextFile("/etc/passwd")).split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = accounts.find(([name]) => name === "postgres") ??
    accounts.find(([name]) => name === "nobody") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      "Postgres refuses to run as root, and /etc/passwd has neither a postgres nor a nobody to run it as",
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

async function linkTarget(path: string): Promise<string | undefined> {
  const found = await ignoreMissing(Deno.lstat(path));
  return found?.isSymlink ? await Deno.readLink(path) : undefined;
}

async function canEnter(folder: string, account: Account): Promise<boolean> {
  const { success } = await shell(["-c", 'cd "$1"', "sh", folder], account).output();
  return success;
}

async function linkToSharedFolder(path: string): Promise<void> {
  await makeSharedFolder();
  const folder = await sharedHome(path);
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await makeLink(folder, path);
}

/** Where root keeps a home to which its path is a link. */
export async function sharedHome(path: string): Promise<string> {
  return `${SHARED_FOLDER}/${(await sha256(path)).slice(0, 16)}`;
}

/**
 * Makes the folder that all embedded Postgres servers of root share.
 *
 * @throws {Error} if another account made it or may write to it, and could have put programs there
 */
export async function makeSharedFolder(): Promise<string> {
  if (await ignoreMissing(Deno.lstat(SHARED_FOLDER)) === undefined) {
    await Deno.mkdir(SHARED_FOLDER, { recursive: true });
    await Deno.chmod(SHARED_FOLDER, 0o755); // mkdir obeys the umask, which may shut others out
  }
  const { isDirectory, uid, mode } = await Deno.lstat(SHARED_FOLDER);
  if (isDirectory && uid === 0 && ((mode ?? 0) & 0o022) === 0) return SHARED_FOLDER;
  throw new Error(`${SHARED_FOLDER} should be a folder that belongs to root and that only root can write to`);
}

/**
 * Makes a symbolic link. Deno does that only for a process that may read and write all files.
 *
 * @throws {Error} if it cannot be made
 */
export async function makeLink(target: string, path: string): Promise<void> {
  const { success, stderr } = await shell(["-c", 'ln -s "$1" "$2"', "sh", target, path]).output();
  if (!success) throw new Error(`Could not link ${path} to ${target}: ${new TextDecoder().decode(stderr).trim()}`);
}

async function ignoreMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
