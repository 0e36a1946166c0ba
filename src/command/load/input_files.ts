import { join } from "node:path";
import { IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import type { ColumnAliases } from "../../ingest/rows/column_names.ts";
import { tellKind } from "../../ingest/documents/tell_kind.ts";
import { InputError } from "../../ingest/faults/input_error.ts";

export interface InputFile {
  readonly path: string;
  /** Undefined if the header fits no kind, or the file cannot be read. Importing it then says why. */
  readonly kind: ImportKind | undefined;
}

/** Small files first: stores, zones, calendars, then polls. */
const ORDER: readonly ImportKind[] = IMPORT_KINDS.toReversed();

const KINDS = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(IMPORT_KINDS);

interface Listed {
  readonly kind?: ImportKind | undefined;
  readonly paths: readonly string[];
  readonly aliases?: ColumnAliases | undefined;
}

/**
 * The files to load. Either all are of one kind, or the header of each file shows its kind.
 *
 * @param tell gets a line for each file of a folder that is skipped
 * @throws {Error} if a path cannot be read, or a folder has no file to load
 */
export async function listFiles(
  { kind, paths, aliases }: Listed,
  tell: (line: string) => void,
): Promise<InputFile[]> {
  if (kind === undefined) return await findInputFiles(paths, tell, aliases);
  // A missing file stops the command here, before anything is loaded.
  for (const path of paths) (await openInput(path)).close();
  return paths.map((path) => ({ path, kind }));
}

/**
 * The files of some paths. A folder stands for its `.csv`, `.json` and `.ics` files that have stores or dates, also gzipped. Unreadable files are
 * included, because they may have one.
 *
 * @param aliases columns that have other names in the files
 * @param tell gets a line for each file of a folder that is skipped
 * @throws {Error} if a path cannot be read, or a folder has no such file
 */
async function findInputFiles(
  paths: readonly string[],
  tell: (line: string) => void,
  aliases?: ColumnAliases,
): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    const { isDirectory } = await readable(path, () => Deno.stat(path));
    files.push(...isDirectory ? await filesOfFolder(path, { tell, aliases }) : [await fileOf(path, aliases)]);
  }
  return files.sort((a, b) => rank(a) - rank(b));
}

function rank({ kind }: InputFile): number {
  return kind === undefined ? ORDER.length : ORDER.indexOf(kind);
}

interface Search {
  readonly tell: (line: string) => void;
  readonly aliases: ColumnAliases | undefined;
}

async function filesOfFolder(folder: string, { tell, aliases }: Search): Promise<InputFile[]> {
  const entries = await readable(folder, () => Array.fromAsync(Deno.readDir(folder)));
  const names = entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name);
  const candidates = names.filter((name) => /\.(?:csv|json|jsonl|jsonld|ics)(\.gz)?$/i.test(name)).sort();
  const files: InputFile[] = [];
  for (const name of candidates) {
    const path = join(folder, name);
    const kind = await listedKind(path, aliases);
    if (kind === "foreign") {
      tell(`${path}: skipped, ${isCsv(name) ? "its header has no column store_id" : "it has no locations"}`);
    } else files.push({ path, kind });
  }
  if (files.length === 0) throw new Error(`${folder} has no .csv, .json or .ics file of ${KINDS}`);
  return files;
}

function isCsv(name: string): boolean {
  return /\.csv(\.gz)?$/i.test(name);
}

async function fileOf(path: string, aliases: ColumnAliases | undefined): Promise<InputFile> {
  const kind = await tellKind((await openInput(path)).readable, aliases);
  return { path, kind: kind === "foreign" ? undefined : kind };
}

async function listedKind(
  path: string,
  aliases: ColumnAliases | undefined,
): Promise<ImportKind | "foreign" | undefined> {
  try {
    return await tellKind((await openListed(path)).readable, aliases);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/**
 * Opens a file of a list. The others still load if it cannot be read.
 *
 * @throws {InputError} with the reason in plain words, if it cannot be read
 */
export async function openListed(path: string): Promise<Deno.FsFile> {
  try {
    return await openInput(path);
  } catch (cause) {
    throw new InputError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Opens a file for reading.
 *
 * @throws {Error} with the reason in plain words, if it cannot be read
 */
export async function openInput(path: string): Promise<Deno.FsFile> {
  const { isDirectory } = await readable(path, () => Deno.stat(path));
  if (isDirectory) {
    throw new Error(`${path} is a folder: "deno task load ${path}", without a kind, loads its files`);
  }
  return await readable(path, () => Deno.open(path));
}

/** The bytes of such a file. It is opened when the first of them is read. */
export function openListedStream(path: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(async function* () {
    yield* (await openListed(path)).readable;
  }());
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
