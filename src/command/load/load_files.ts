import type { Sql } from "../../db/connection/client.ts";
import { getImport, type ImportKind } from "../../db/imports/imports.ts";
import { streamRejects } from "../../db/imports/rejects.ts";
import { counted } from "../../domain/counted.ts";
import { FailedFile } from "../../ingest/failed_file.ts";
import { loadFile } from "../../actions/load_file.ts";
import type { ImportResult } from "../../ingest/import_file.ts";
import { InputError } from "../../ingest/faults/input_error.ts";
import { lookAfter } from "../../ingest/look_after.ts";
import type { MaxRejects } from "../../ingest/max_rejects.ts";
import type { ReadOptions } from "../../ingest/rows/read_options.ts";
import { rejectsCsv } from "../../ingest/rejects_csv.ts";
import type { Ground } from "../ground.ts";
import { rejectsHint, resultLines } from "./import_lines.ts";
import { type InputFile, listFiles, openListed } from "./input_files.ts";
import { type ProgressBar, progressOnTerminal } from "../progress.ts";
import type { Runtime } from "../run.ts";
import { warningLines } from "../report/warning_lines.ts";

export type LoadGround = Pick<Ground, "sql" | "zoneRules"> & Partial<Pick<Ground, "maxPollAhead">>;

export interface LoadOptions extends ReadOptions {
  /** If not given, each file's header shows it. */
  readonly kind?: ImportKind | undefined;
  /** Files; folders too, if no kind is given. */
  readonly paths: readonly string[];
  /** Half of the rows if not given. */
  readonly maxRejects?: MaxRejects | undefined;
}

/**
 * Loads files one after the other, with a progress bar, and prints each result. Then it checks all stores. If a file cannot be
 * loaded, the others still load.
 *
 * @throws {Error} if a path cannot be read, and at the end if a file was not loaded
 */
export async function loadFiles(
  ground: LoadGround,
  options: LoadOptions,
  runtime: Runtime,
): Promise<ImportResult[]> {
  const files = await listFiles(options, runtime.tell);
  const loaded: ImportResult[] = [];
  let failed = 0;
  for (const file of files) {
    const result = await loadOne(ground, file, { ...options, runtime });
    if (result === undefined) failed++;
    else loaded.push(result, ...result.others);
  }
  const { files: results, gaps } = await lookAfter(
    ground.sql,
    loaded,
    (error) => runtime.tell(`The files are loaded, but the check of all stores failed: ${messageOf(error)}`),
  );
  for (const line of gaps.flatMap(warningLines)) runtime.print(line);
  if (failed > 0) throw new Error(`${failed} of ${counted(files.length, "file")} could not be loaded`);
  return results;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface LoadContext extends Pick<LoadOptions, "aliases" | "days" | "stores" | "maxRejects"> {
  readonly runtime: Runtime;
}

async function loadOne(ground: LoadGround, file: InputFile, context: LoadContext): Promise<ImportResult | undefined> {
  const { runtime } = context;
  const startedAt = performance.now();
  const bar = progressOnTerminal(file.path, "rows");
  try {
    const result = await importWithBar(ground, file, { ...context, bar });
    bar.end();
    const ms = performance.now() - startedAt;
    for (const part of [result, ...result.others]) for (const line of resultLines(part, ms)) runtime.print(line);
    return result;
  } catch (error) {
    bar.end();
    if (!(error instanceof InputError)) throw error;
    runtime.tell(`${file.path}: not loaded. ${error.message}`);
    if (!(error instanceof FailedFile)) return undefined;
    for (const line of rejectsHint(error.record.rejected, error.record.importId)) runtime.tell(line);
    return undefined;
  }
}

async function importWithBar(
  { sql, zoneRules, maxPollAhead }: LoadGround,
  { path, kind }: InputFile,
  { aliases, days, stores, maxRejects, runtime: { signal }, bar }: LoadContext & { readonly bar: ProgressBar },
): Promise<ImportResult> {
  const file = await openListed(path);
  const { size } = await file.stat();
  return await loadFile({ sql, actor: "command" }, {
    kind,
    source: path,
    body: file.readable,
    zoneRules,
    maxPollAhead,
    aliases,
    days,
    stores,
    maxRejects,
    signal,
    onProgress: ({ bytes, rows, phase }) =>
      bar.update(bytes, size, { count: rows, ...(phase === "merging" ? { note: "merging" } : {}) }),
  });
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
