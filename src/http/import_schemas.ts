import { z } from "@hono/zod-openapi";
import { IMPORT_KINDS } from "../db/imports.ts";
import { MAX_REJECTS_FORM, parseMaxRejects } from "../ingest/max_rejects.ts";
import { count, instantOut, rejected, WarningJson } from "./schemas.ts";

const NoticeJson = z.object({
  code: z.string(),
  message: z.string(),
  count,
  first_line: count.openapi({ description: "The first line where it happened, from 1." }),
}).openapi("Notice");

/** How files are loaded, as a query. */
export const ImportQuery = z.strictObject({
  max_rejects: z.string({ error: MAX_REJECTS_FORM }).refine(
    (text) => parseMaxRejects(text) !== undefined,
    MAX_REJECTS_FORM,
  )
    .transform(parseMaxRejects).optional()
    .openapi({
      type: "string",
      description: "Bad rows that a file may have: a number, or a percentage; 50% if not given.",
    }),
});

/** A file that was loaded, or that failed and changed nothing. */
export const ImportJson = z.object({
  import_id: z.uuid(),
  status: z.enum(["loaded", "failed"]),
  kind: z.enum(IMPORT_KINDS).nullable().openapi({ description: "Null if the file failed before it was known." }),
  source: z.string(),
  bytes: count,
  rows: count,
  accepted: count,
  rejected: count,
  changed: count.openapi({ description: "Rows of the database that were added, altered or removed." }),
  stores_new: count.openapi({ description: "Stores that did not exist before." }),
  stores_new_first: z.array(z.string()).openapi({ description: "The first 20 of them, in the order of ids." }),
  reason: z.string().nullable().openapi({ description: "Why the file failed." }),
  started_at: instantOut,
  finished_at: instantOut,
  notices: z.array(NoticeJson).openapi({ description: "What reading the file changed, dropped or chose between." }),
  warnings: z.array(WarningJson).openapi({ description: "What to know before trusting a report." }),
  rejects: z.array(z.object({ line: count, ...rejected }))
    .openapi({ description: "The first 20: rows that are bad, then rows rejected because of another one." }),
  rejects_url: z.string(),
}).openapi("Import");

/** The answer to one file, or to several. */
export const Imported = z.union([ImportJson, z.array(ImportJson)]);
