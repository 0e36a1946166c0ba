import { z } from "@hono/zod-openapi";
import { parseAsOf, parseInstant } from "../../domain/time/instant.ts";
import { REPORT_STATUSES } from "../../db/reports/report.ts";
import { METHOD_NAMES } from "../../domain/method.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import { COMPARISONS, DEFAULT_REQUEST } from "../../domain/report_request.ts";

/** The schemas check requests and produce the OpenAPI document. */

export const EXAMPLE_ID = "6f1c1f4e-64a0-4ab1-8c7e-3f6b2d0a9e55";

const INSTANT = "must be an instant such as 2023-01-25T18:13:22Z or …+02:00 (a + in a query is written %2B)";

export const InstantIn = z.string({ error: INSTANT }).refine((text) => parseInstant(text) !== undefined, {
  error: INSTANT,
}).openapi({ format: "date-time", example: "2023-01-25T18:13:22Z" });

export const AS_OF = `must be a date, or ${INSTANT.slice("must be ".length)}`;

/** A date or an instant in a query. */
export const instantQuery = z.string({ error: AS_OF }).refine((text) => parseAsOf(text) !== undefined, {
  error: AS_OF,
}).optional();

export const IdempotencyHeader = z.object({
  "idempotency-key": z.string().regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters").optional()
    .openapi({ description: "For a week, the same key with the same parameters gets the same report." }),
});

export const Triggered = z.object({ report_id: z.uuid() }).openapi("Triggered", { example: { report_id: EXAMPLE_ID } });

/** What changed something. */
export const actorOut = z.string().openapi({
  description: "command, page, anonymous, or a key or person by name.",
  example: "key:till",
});

export const instantOut = z.iso.datetime().openapi({ example: "2023-01-25T18:13:22.47922Z" });
const ratio = z.number().min(0).max(1).nullable();

export const Progress = z.object({
  stores_done: z.int().min(0),
  stores_total: z.int().min(0).nullable().openapi({ description: "Not known before the report starts." }),
}).openapi("Progress");

const Axes = z.object({
  poll_speaks_for: z.string(),
  polls_used: z.string(),
  unobserved: z.string(),
  closed: z.string(),
  windows_end: z.string(),
}).openapi("MethodAxes");

export const ReportStatus = z.enum(REPORT_STATUSES).openapi("ReportStatus");

/** A report and its status. */
export const ReportJson = z.object({
  report_id: z.uuid().openapi({ example: EXAMPLE_ID }),
  status: ReportStatus,
  progress: Progress,
  as_of: instantOut.nullable().openapi({ description: "The instant up to which it looks; null until it is known." }),
  method: z.enum(METHOD_NAMES),
  axes: Axes,
  stale_after: z.string().openapi({ format: "duration", example: formatDuration(DEFAULT_REQUEST.staleAfter) }),
  windows: z.array(z.string()).openapi({ description: "As they were asked for.", example: ["last_day", "2026-10"] }),
  calendar: z.string().nullable()
    .openapi({ description: "The time zone by which dates begin; null: each store's own.", example: "Europe/Berlin" }),
  where: z.record(z.string(), z.array(z.string())).nullable()
    .openapi({ description: "The tags of its stores; null: all stores.", example: { region: ["West"] } }),
  group_by: z.array(z.string()).openapi({ example: ["region"] }),
  compare: z.enum(COMPARISONS).nullable(),
  target_percent: z.number().min(0).max(100).nullable(),
  precision: z.int().min(0).max(6),
  requested_at: instantOut,
  started_at: instantOut.nullable(),
  finished_at: instantOut.nullable(),
  stores: z.int().nullable().openapi({ description: "Stores that it looks at." }),
  rows: z.int().nullable().openapi({ description: "Stores that have measures: rows in the CSV." }),
  bytes: z.int().nullable().openapi({
    description: "Of the CSV. Without last_hour, last_day and last_week, of the exact result.",
  }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable().openapi({ description: "Of the same file as bytes." }),
  uptime_ratio: z.record(z.string(), ratio).nullable().openapi({
    description: "Of all stores together, by window: uptime / (uptime + downtime).",
    example: { last_hour: 0.99, last_day: 0.98, last_week: 0.981 },
  }),
  reason: z.string().nullable().openapi({ description: "Why it failed or was cancelled." }),
  tzdata: z.string().nullable()
    .openapi({
      description: "The release of the zone rules in use; null until the report starts.",
      example: "2026f",
    }),
}).openapi("Report");

const Timing = z.object({
  wait_ms: z.number(),
  fetch_ms: z.number(),
  compute_ms: z.number(),
  write_ms: z.number(),
});

export const WarningJson = z.object({
  code: z.string().openapi({ example: "hours_rejected" }),
  message: z.string(),
  stores_total: z.int().min(0),
  stores: z.array(z.string()).openapi({ description: "The first of them, in the order of ids." }),
}).openapi("Warning");

const fingerprint = z.string().regex(/^[0-9a-f]{14}$/).openapi({ example: "1f3a5c7e9b0d24" });

const DependsOnJson = z.object({
  version: z.string().openapi({ description: "The version of Storewatch." }),
  tzdata: z.string().openapi({ description: "The release of the zone rules.", example: "2026f" }),
  polls: z.object({ count: z.int().min(0), fingerprint }).openapi({ description: "The polls used." }),
  calendars: fingerprint.openapi({ description: "Of zones, hours, special hours and exclusions." }),
  tags: fingerprint.openapi({ description: "Of names, tags, targets and sales." }),
}).openapi("DependsOn");

/** One report, with details that a list leaves out. */
export const ReportDetails = ReportJson.extend({
  warnings: z.array(WarningJson).openapi({
    description:
      "What you should know before you trust the numbers, as of the report's snapshot. Each names its first 100 stores.",
  }),
  errors: z.array(z.object({ store_id: z.string(), reason: z.string() }))
    .openapi({ description: "Stores that have no row, the first 100." }),
  depends_on: DependsOnJson.nullable().openapi({
    description: "What decides the rows, beside the parameters. Reports with equal members have equal rows. " +
      "Null until the report is complete, and for reports of older versions.",
  }),
  timing: Timing.extend({
    chunks: z.array(Timing.extend({ chunk: z.int(), worker: z.int(), stores: z.int(), begun_ms: z.number() })),
  }).nullable().openapi({ description: "The sum of all chunks, and each chunk. Chunks run side by side." }),
}).openapi("ReportDetails");

export const ReportPage = z.object({
  reports: z.array(ReportJson),
  next_cursor: z.string().nullable(),
}).openapi("ReportPage");

export const ReportNotFound = z.object({ report_id: z.string(), status: z.literal("Not Found"), detail: z.string() })
  .openapi("ReportNotFound");

export const ProblemJson = z.looseObject({
  type: z.string().openapi({ format: "uri-reference", example: "/problems/invalid-parameters" }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ parameter: z.string(), value: z.unknown().optional(), reason: z.string() })).optional()
    .openapi({ description: "The first 20." }),
  errors_total: z.int().min(0).optional(),
}).openapi("Problem");

const LIMIT = "must be a whole number from 1 to 100";

/** A page's size as a query. */
export const limitQuery = z.string({ error: LIMIT }).regex(/^([1-9]|[1-9]\d|100)$/, LIMIT).optional()
  .openapi({ description: "Entries per page, 1 to 100; 20 if not given." });

const CURSOR = "must be the next_cursor of the previous page";

export const cursorQuery = z.string({ error: CURSOR }).max(500, CURSOR).optional()
  .openapi({ description: "The next_cursor of the previous page." });

/** A response of JSON, for `createRoute`. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from it
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

const problemContent = {
  description: "A problem (RFC 9457)",
  content: { "application/problem+json": { schema: ProblemJson } },
};

/** Responses with problems, for `createRoute`. A missing key, 421, 500 or 503 can always happen. */
export function problems<Status extends number>(
  ...statuses: Status[]
): Record<Status | 401 | 403 | 429 | 421 | 500 | 503, typeof problemContent> {
  return problemsForAll<Status | 401 | 403 | 429>(...statuses, 401, 403, 429);
}

/** The same of an operation that needs no key. */
export function problemsForAll<Status extends number>(
  ...statuses: Status[]
): Record<Status | 421 | 500 | 503, typeof problemContent> {
  const all = [...statuses, 421, 500, 503].map((status) => [status, problemContent]);
  return Object.fromEntries(all);
}
