import type { z } from "@hono/zod-openapi";
import type { ImportKind } from "../../db/imports/imports.ts";
import { firstRejects } from "../../db/imports/rejects.ts";
import { FailedFile } from "../../ingest/failed_file.ts";
import { loadFile } from "../../actions/load_file.ts";
import { FIRST_REJECTS, type ImportResult } from "../../ingest/import_file.ts";
import type { ImportInput } from "../../ingest/input_file.ts";
import { lookAfter } from "../../ingest/look_after.ts";
import type { ChangeSource } from "../../db/audit/audit.ts";
import type { HttpDeps } from "../deps.ts";
import { importJson } from "./import_json.ts";
import { Problem } from "../kit/problem.ts";
import type { ImportJson } from "./import_schemas.ts";
import { ownStores } from "./own_stores.ts";
import { openUploads } from "./upload.ts";

export type ImportOptions = Pick<ImportInput, "maxRejects" | "aliases" | "days" | "stores"> & {
  readonly kind: ImportKind | undefined;
};

/** The actor that loads files, and the options. */
type Taking = ImportOptions & ChangeSource;

type Imported = z.output<typeof ImportJson>;

/**
 * Loads the files of a request one after the other. One that fails does not keep the others from being loaded.
 *
 * @returns what became of a file that came alone, or of each of several
 * @throws {Problem} if all of them failed
 */
export async function takeFiles(
  deps: HttpDeps,
  request: Request,
  { actor, requestId, seen, ...options }: Taking,
): Promise<Imported | Imported[]> {
  const { sql, whole, zoneRules, maxPollAhead, limits } = deps;
  const isOwn = await ownStores(deps);
  const files: (ImportResult | FailedFile)[] = [];
  for await (const upload of openUploads(request, limits)) {
    const given = { zoneRules, maxPollAhead, isOwn, ...options, ...upload };
    const file = await loadFile({ sql: whole, actor, requestId, seen }, given).catch(unlessFailed);
    files.push(file, ...file instanceof FailedFile ? [] : file.others);
  }
  const { files: loaded } = await lookAfter(
    sql,
    files.filter(isLoaded),
    (error) => deps.log("error", "stores not checked after a load", { error }),
  );
  for (const { kind, accepted } of loaded) if (kind === "polls") deps.metrics.countPolls("file", accepted);
  const [only, second] = files;
  if (only instanceof FailedFile && second === undefined) throw only;
  const answers = await Promise.all(files.map((file) => {
    if (file instanceof FailedFile) return failedJson(deps, file);
    const looked = loaded.find(({ importId }) => importId === file.importId) ?? file;
    return importJson(looked, looked.rejects);
  }));
  if (loaded.length === 0) throw allFailed(answers);
  return second === undefined && answers[0] !== undefined ? answers[0] : answers;
}

function isLoaded(file: ImportResult | FailedFile): file is ImportResult {
  return !(file instanceof FailedFile);
}

function unlessFailed(error: unknown): FailedFile {
  if (error instanceof FailedFile) return error;
  throw error;
}

async function failedJson({ sql }: HttpDeps, { record }: FailedFile): Promise<Imported> {
  return importJson(record, await firstRejects(sql, record.importId, FIRST_REJECTS));
}

function allFailed(files: readonly Imported[]): Problem {
  const reasons = files.map(({ source, reason }) => `${source}: ${reason}`).join("; ");
  return new Problem("invalid-file", `All ${files.length} files failed. ${reasons}`, { members: { imports: files } });
}
