import type { Sql } from "../db/client.ts";
import { getImport, type ImportKind, type Reject } from "../db/imports.ts";
import { streamRejects } from "../db/rejects.ts";
import { importFile, type ImportResult } from "../ingest/import_file.ts";
import { InputError } from "../ingest/input_error.ts";
import { rejectsCsv } from "../ingest/rejects_csv.ts";
import type { Ground } from "./ground.ts";
import { findInputFiles, type InputFile, openInput } from "./input_files.ts";
import { type ProgressBar, progressOnTerminal } from "./progress.ts";
import type { Runtime } from "./run.ts";

type LoadGround = Pick<Ground, "sql" | "rules">;

export interface LoadOptions {
  /** Told by each file's header if not given. */
  readonly kind?: ImportKind | undefined;
  /** Files; folders too, if no kind is given. */
  readonly paths: readonly string[];
}

/**
 * Loads files one after the other, with a progress bar, and prints what became of each.
 * A file that cannot be taken in does not keep the others from being loaded.
 *
 * @throws {Error} if a path cannot be read, and at the end if a file was not loaded
 */
export async function loadFiles(
  ground: LoadGround,
  { kind, paths }: LoadOptions,
  runtime: Runtime,
): Promise<ImportResult[]> {
  const files = kind === undefined
    ? await findInputFiles(paths, runtime.tell)
    : paths.map((path): InputFile => ({ path, kind }));
  // All are there, or none is loaded: better than to stop in the middle of a list.
  for (const { path } of files) (await openInput(path)).close();
  const results: ImportResult[] = [];
  for (const file of files) {
    const result = await loadOne(ground, file, runtime);
    if (result !== undefined) results.push(result);
  }
  const failed = files.length - results.length;
  if (failed > 0) throw new Error(`${failed} of ${files.length} files could not be loaded`);
  return results;
}

async function loadOne(ground: LoadGround, file: InputFile, runtime: Runtime): Promise<ImportResult | undefined> {
  const begun = performance.now();
  const bar = progressOnTerminal(file.path, "rows");
  try {
    const result = await importWithBar(ground, file, runtime.signal, bar);
    bar.end();
    for (const line of resultLines(result, performance.now() - begun)) runtime.print(line);
    return result;
  } catch (error) {
    bar.end();
    if (!(error instanceof InputError)) throw error;
    runtime.tell(`${file.path}: not loaded. ${error.message}`);
    return undefined;
  }
}

async function importWithBar(
  { sql, rules }: LoadGround,
  { path, kind }: InputFile,
  signal: AbortSignal,
  bar: ProgressBar,
): Promise<ImportResult> {
  const file = await openInput(path);
  const { size } = await file.stat();
  return await importFile(sql, {
    kind,
    source: path,
    body: file.readable,
    rules,
    signal,
    onProgress: ({ bytes, rows, phase }) =>
      bar.update(bytes, size, { count: rows, ...(phase === "merging" ? { note: "merging" } : {}) }),
  });
}

const REJECTS_SHOWN = 5;

/** What became of a file, for people. */
export function resultLines(result: ImportResult, ms: number): string[] {
  const { source, kind, rows, accepted, rejected, changed, rejects, importId } = result;
  const [all, good, bad, altered, rate] = [rows, accepted, rejected, changed, rows / (ms / 1000)]
    .map((number) => Math.round(number).toLocaleString("en"));
  const seconds = (ms / 1000).toFixed(2);
  return [
    `${source}: ${all} rows of ${kind}, ${good} accepted, ${bad} rejected, ${altered} changed, ${seconds} s, ${rate} rows/s`,
    ...rejects.slice(0, REJECTS_SHOWN).map((reject) => `  ${rejectLine(reject)}`),
    ...(rejected > 0 ? [`  all rejected rows as CSV: deno task load --rejects ${importId}`] : []),
  ];
}

function rejectLine({ line, column, value, reason }: Reject): string {
  return `line ${line}: ${column === undefined ? "the row" : column} ${JSON.stringify(value ?? "")} ${reason}`;
}

/**
 * Prints the rejected rows of an import as CSV.
 *
 * @throws {Error} if there is no such import
 */
export async function listRejects(sql: Sql, importId: string, { print }: Pick<Runtime, "print">): Promise<void> {
  const found = await getImport(sql, importId);
  if (found === undefined) throw new Error(`There is no import ${importId}`);
  for await (const line of rejectsCsv(found.source, streamRejects(sql, importId))) print(line.trimEnd());
}
