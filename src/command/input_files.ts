import { join } from "node:path";
import { IMPORT_KINDS, type ImportKind } from "../db/imports.ts";
import { tellKind } from "../ingest/header.ts";

export interface InputFile {
  readonly path: string;
  /** `undefined`: its header tells none; importing it will say why. */
  readonly kind: ImportKind | undefined;
}

/** Small files first, and those that others build on: zones, hours, then polls. */
const ORDER: readonly ImportKind[] = IMPORT_KINDS.toReversed();

/**
 * The files that some paths stand for. A folder stands for the `.csv` and `.csv.gz` files in it whose header tells
 * their kind.
 *
 * @param tell is told of each file of a folder that is skipped
 * @throws {Error} if a path cannot be read, or a folder has no such file
 */
export async function findInputFiles(paths: readonly string[], tell: (line: string) => void): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    const { isDirectory } = await readable(path, () => Deno.stat(path));
    files.push(...isDirectory ? await filesOfFolder(path, tell) : [await fileOf(path)]);
  }
  return files.sort((a, b) => rank(a) - rank(b));
}

function rank({ kind }: InputFile): number {
  return kind === undefined ? ORDER.length : ORDER.indexOf(kind);
}

async function filesOfFolder(folder: string, tell: (line: string) => void): Promise<InputFile[]> {
  const names = await readable(folder, () => Array.fromAsync(Deno.readDir(folder), (entry) => entry.name));
  const candidates = names.filter((name) => /\.csv(\.gz)?$/i.test(name)).sort();
  const files = await Array.fromAsync(candidates, (name) => fileOf(join(folder, name)));
  for (const { path } of files.filter(({ kind }) => kind === undefined)) {
    tell(`${path}: skipped, its header tells no kind of file`);
  }
  const known = files.filter(({ kind }) => kind !== undefined);
  if (known.length === 0) throw new Error(`${folder} has no .csv or .csv.gz file of polls, hours or timezones`);
  return known;
}

async function fileOf(path: string): Promise<InputFile> {
  return { path, kind: await tellKind((await openInput(path)).readable) };
}

/**
 * Opens a file that is to be read.
 *
 * @throws {Error} saying in plain words why it cannot be
 */
export async function openInput(path: string): Promise<Deno.FsFile> {
  const { isDirectory } = await readable(path, () => Deno.stat(path));
  if (isDirectory) {
    throw new Error(`${path} is a folder: "deno task load ${path}", without a kind, loads what is in it`);
  }
  return await readable(path, () => Deno.open(path));
}

async function readable<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw new Error(`${path} does not exist`, { cause });
    if (cause instanceof Deno.errors.NotCapable) throw new Error(`${path} is not a plain file`, { cause });
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
