import type { z } from "@hono/zod-openapi";
import { checkFiles, type FileCheck } from "../../ingest/check_files.ts";
import type { ImportInput } from "../../ingest/input_file.ts";
import type { HttpDeps } from "../deps.ts";
import { noticeJson, rejectJson } from "./import_json.ts";
import { warningJson } from "../kit/import_parts.ts";
import type { CheckJson } from "./import_schemas.ts";
import { Problem } from "../kit/problem.ts";
import type { ImportOptions } from "./take_files.ts";
import { openUploads } from "./upload.ts";

type Checked = z.output<typeof CheckJson>;

/**
 * Says what loading the files of a request would do, and keeps nothing.
 *
 * @returns the check of a file that came alone, or of each of several
 * @throws {Problem} if all of them would fail
 */
export async function checkUploads(
  deps: HttpDeps,
  request: Request,
  options: ImportOptions,
): Promise<Checked | Checked[]> {
  const checks = (await checkFiles(deps.sql, inputsOf(deps, request, options))).map(checkJson);
  if (checks.every(({ status }) => status === "failed")) throw wouldFail(checks);
  const [only, second] = checks;
  return only !== undefined && second === undefined ? only : checks;
}

async function* inputsOf(
  { zoneRules, maxPollAhead, limits }: HttpDeps,
  request: Request,
  options: ImportOptions,
): AsyncGenerator<ImportInput> {
  for await (const upload of openUploads(request, limits)) yield { zoneRules, maxPollAhead, ...options, ...upload };
}

function wouldFail(imports: readonly Checked[]): Problem {
  const [only, second] = imports;
  const counts = only === undefined || second !== undefined
    ? {}
    : { rows: only.rows, rejected: only.rejected, reason: only.reason };
  const detail = second === undefined
    ? only?.reason ?? "The file would fail"
    : `All ${imports.length} files would fail. ${
      imports.map(({ source, reason }) => `${source}: ${reason}`).join("; ")
    }`;
  return new Problem("invalid-file", detail, { members: { ...counts, imports } });
}

function checkJson(check: FileCheck): Checked {
  return {
    status: check.reason === undefined ? "checked" : "failed",
    source: check.source,
    file: check.file,
    form: check.form,
    kind: check.kind ?? null,
    separator: check.separator,
    encoding: check.encoding,
    columns: [...check.columns],
    first_rows: check.firstRows.map(({ line, row }) => ({ line, ...row })),
    rows: check.rows,
    rejected: check.rejected,
    rejected_by_reason: check.rejectedByReason.map(({ code, column, reason, count, firstLine }) => ({
      code,
      column: column ?? null,
      reason,
      count,
      first_line: firstLine,
    })),
    rejects: check.rejects.map(rejectJson),
    stores_new: check.storesNew,
    stores_new_first: [...check.storesNewFirst],
    stores_known: check.storesKnown,
    without_hours: check.withoutHours,
    without_zone: check.withoutZone,
    without_polls: check.withoutPolls,
    reason: check.reason ?? null,
    notices: check.notices.map(noticeJson),
    warnings: check.warnings.map(warningJson),
  };
}
