import type { z } from "@hono/zod-openapi";
import type { Import, Notice, Reject } from "../../db/imports/imports.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { ImportJson, ImportSummary } from "./import_schemas.ts";
import { rejectsUrl, warningJson } from "../kit/import_parts.ts";

/** A file that was loaded or that failed, as clients read it. */
export function importJson(file: Import, rejects: readonly Reject[]): z.output<typeof ImportJson> {
  return {
    ...importSummary(file),
    rejects: rejects.map(rejectJson),
  };
}

/** The same without rejected rows, for a list. */
export function importSummary(file: Import): z.output<typeof ImportSummary> {
  return {
    import_id: file.importId,
    status: file.status,
    kind: file.kind ?? null,
    source: file.source,
    bytes: file.bytes,
    rows: file.rows,
    accepted: file.accepted,
    rejected: file.rejected,
    changed: file.changed,
    stores_new: file.storesNew,
    stores_new_first: [...file.storesNewFirst],
    reason: file.reason ?? null,
    started_at: formatInstant(file.startedAt),
    finished_at: formatInstant(file.finishedAt),
    notices: file.notices.map(noticeJson),
    warnings: file.warnings.map(warningJson),
    rejects_url: rejectsUrl(file.importId),
  };
}

export function rejectJson({ line, column, value, reason }: Reject): z.output<typeof ImportJson>["rejects"][number] {
  return { line, column: column ?? null, value: value ?? null, reason };
}

export function noticeJson(
  { code, message, count, firstLine }: Notice,
): z.output<typeof ImportJson>["notices"][number] {
  return { code, message, count, first_line: firstLine };
}
