import type { z } from "@hono/zod-openapi";
import type { Import, Notice, Reject } from "../../db/imports/imports.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { ImportJson, ImportSummary } from "./import_schemas.ts";
import { rejectsUrl, warningJson } from "../kit/import_parts.ts";

/** A file that was loaded or that failed, as clients read it. */
export function importJson(file: Import, rejects: readonly Reject[]): z.output<typeof ImportJson> {
  return {
    ...importSummary(file),
    rejects: rejects.map(({ line, column = null, value = null, reason }) => ({ line, column, value, reason })),
  };
}

/** The same without rejected rows, for a list. */
export function importSummary(file: Import): z.output<typeof ImportSummary> {
  return {
    import_id: file.importId,
    status: file.state,
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

function noticeJson({ code, message, count, firstLine }: Notice) {
  return { code, message, count, first_line: firstLine };
}
