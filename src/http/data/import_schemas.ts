import { z } from "@hono/zod-openapi";
import { IMPORT_KINDS } from "../../db/imports/imports.ts";
import { MAX_REJECTS_FORM, parseMaxRejects } from "../../ingest/max_rejects.ts";
import { COLUMN_FORM, DAYS_FORM, parseColumnAlias, parseStore, STORE_FORM } from "../../ingest/rows/read_options.ts";
import { DAY_NUMBERINGS } from "../../ingest/values/weekday.ts";
import { instantOut, WarningJson } from "../kit/schemas.ts";
import { count, notice, rejected } from "./poll_schemas.ts";

const NoticeJson = z.object({
  ...notice,
  first_line: count.openapi({ description: "The first line where it happened, from 1." }),
}).openapi("Notice");

/** How files are written. */
const READ_QUERY = {
  column: z.preprocess(
    (values) => typeof values === "string" ? [values] : values,
    z.array(
      z.string().refine((text) => parseColumnAlias(text) !== undefined, COLUMN_FORM)
        .transform((text) => parseColumnAlias(text) ?? ["store_id", text] as const),
    ),
  ).transform((pairs) => new Map(pairs)).optional().openapi({
    type: "array",
    items: { type: "string" },
    description: "A column that has another name in the file: timestamp_utc=seen_at. Repeatable.",
  }),
  days: z.enum(DAY_NUMBERINGS, { error: DAYS_FORM }).optional().openapi({
    description:
      "How weekdays are numbered: iso (1 to 7 = Monday to Sunday), sunday0 (0 to 6 = Sunday to Saturday) or " +
      "sunday1 (1 to 7 = Sunday to Saturday); 0 to 6 = Monday to Sunday if not given.",
  }),
};

/** The stores of a calendar. */
const StoreQuery = z.preprocess(
  (values) => typeof values === "string" ? [values] : values,
  z.array(z.string().refine((text) => parseStore(text) !== undefined, STORE_FORM).transform((text) => text.trim())),
).optional().openapi({
  type: "array",
  items: { type: "string" },
  description: "A store that is closed on the dates of an iCalendar file. Repeatable; all stores if not given.",
});

/** How files are loaded, as a query. */
export const ImportQuery = z.strictObject({
  check: z.enum(["true", "false"], { error: "must be true or false" }).optional()
    .openapi({ description: "true: shows what loading would do, and keeps nothing." }),
  ...READ_QUERY,
  store: StoreQuery,
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

export type ImportQuery = z.output<typeof ImportQuery>;

/** A file that was loaded, or that failed and changed nothing. */
export const ImportJson = z.object({
  import_id: z.uuid(),
  status: z.enum(["loaded", "failed"]),
  kind: z.enum(IMPORT_KINDS).nullable().openapi({ description: "Null if the file failed before its kind was known." }),
  source: z.string(),
  bytes: count,
  rows: count,
  accepted: count,
  rejected: count,
  changed: count.openapi({ description: "Rows of the database that were added, changed or removed." }),
  stores_new: count.openapi({ description: "Stores that did not exist before." }),
  stores_new_first: z.array(z.string()).openapi({ description: "The first 20 of them, in the order of ids." }),
  reason: z.string().nullable().openapi({ description: "Why the file failed." }),
  started_at: instantOut,
  finished_at: instantOut,
  notices: z.array(NoticeJson).openapi({ description: "What reading the file changed, dropped or chose between." }),
  warnings: z.array(WarningJson).openapi({ description: "What you should know before you trust a report." }),
  rejects: z.array(z.object({ line: count, ...rejected }))
    .openapi({ description: "The first 20: rows that are bad, then rows rejected because of another one." }),
  rejects_url: z.string(),
}).openapi("Import");

export const ImportSummary = ImportJson.omit({ rejects: true }).openapi("ImportSummary");

export const ImportPage = z.object({
  imports: z.array(ImportSummary),
  next_cursor: z.string().nullable(),
}).openapi("ImportPage");

/** What loading a file would do, if all files of the request were loaded. */
export const CheckJson = z.object({
  status: z.enum(["checked", "failed"]).openapi({ description: "failed: it would not be loaded." }),
  source: z.string(),
  file: count.openapi({
    description: "The place of the file in the request, from 0: a JSON file may have several answers.",
  }),
  form: z.enum(["CSV", "JSON", "iCalendar"]),
  kind: z.enum(IMPORT_KINDS).nullable().openapi({ description: "Null if the header fits no kind." }),
  separator: z.string().openapi({ description: "Empty if the file is no table." }),
  encoding: z.string(),
  columns: z.array(z.object({ column: z.string(), name: z.string() }))
    .openapi({ description: "The columns that are read, and their names in the file." }),
  first_rows: z.array(z.looseObject({ line: count }))
    .openapi({ description: "The first 5 good rows, as they are read; 200 dates of a calendar." }),
  rows: count,
  rejected: count,
  rejected_by_reason: z.array(
    z.object({ code: z.string(), column: rejected.column, reason: z.string(), count, first_line: count }),
  )
    .openapi({ description: "The 20 most frequent kinds of fault, and the reason of the first row of each." }),
  rejects: z.array(z.object({ line: count, ...rejected })).openapi({ description: "The first 20." }),
  stores_new: count.openapi({ description: "Stores that neither exist nor are in a file before this one." }),
  stores_new_first: z.array(z.string()).openapi({ description: "The first 20 of them, in the order of ids." }),
  stores_known: count,
  without_hours: count.openapi({ description: "Stores of the file that would still have no hours." }),
  without_zone: count,
  without_polls: count,
  reason: z.string().nullable().openapi({ description: "Why the file would fail." }),
  notices: z.array(NoticeJson),
  warnings: z.array(WarningJson).openapi({ description: "What you should know before you load the file." }),
}).openapi("ImportCheck");

/** The answer to one file, or to several. */
export const Imported = z.union([ImportJson, z.array(ImportJson)]);
export const ImportedOrChecked = z.union([Imported, CheckJson, z.array(CheckJson)]);
