import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Report } from "../../db/reports/report.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import { findReport } from "./find_report.ts";
import { preferred } from "../kit/negotiate.ts";
import { Problem } from "../kit/problem.ts";
import { csvOf } from "./files.ts";
import { isFinished, reportJson, retryAfter } from "./report_json.ts";
import { EXAMPLE_ID, problems, ReportJson, ReportNotFound } from "../kit/schemas.ts";
import { sendFile } from "../answers/send_file.ts";

const FORMATS = { csv: "text/csv", json: "application/json" } as const;

const format = z.enum(["csv", "json"], { error: "must be csv or json" }).optional()
  .openapi({ description: "Chooses the format; wins over an Accept header." });

const description =
  "The report's status as JSON. Once it is complete, its CSV, or JSON if you prefer JSON, or if the report lacks one " +
  "of the windows last_hour, last_day and last_week, which the CSV has. Until it is " +
  "finished, `status` stays one word: Started if GET asked for the report, Running if POST did.";

const responses = {
  200: {
    description: "The CSV of a completed report; else its status.",
    content: {
      "application/json": { schema: ReportJson },
      "text/csv; charset=utf-8": { schema: z.string() },
    },
  },
  206: { description: "A range of the CSV.", content: { "text/csv; charset=utf-8": { schema: z.string() } } },
  304: { description: "The client has the latest version." },
  404: { description: "There is no such report.", content: { "application/json": { schema: ReportNotFound } } },
  ...problems(406, 410, 412, 416, 422),
};

/** `GET /get_report/{report_id}` and `GET /get_report?report_id=`. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function getReport(deps: HttpDeps) {
  const byPath = createRoute({
    method: "get",
    operationId: "getReport",
    ...scope("read"),
    path: "/get_report/{report_id}",
    tags: ["Reports"],
    summary: "Get a report",
    description,
    request: {
      params: z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) }),
      query: z.object({ format }),
    },
    responses,
  });
  const byQuery = createRoute({
    method: "get",
    operationId: "getReportByQuery",
    ...scope("read"),
    path: "/get_report",
    tags: ["Reports"],
    summary: "Get a report",
    description,
    request: { query: z.object({ report_id: z.string().optional().openapi({ example: EXAMPLE_ID }), format }) },
    responses: { ...responses, ...problems(400) },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(byPath, (c) => answer(c, deps, { ...c.req.valid("param"), ...c.req.valid("query") }))
    .openapi(byQuery, (c) => {
      const { report_id, format } = c.req.valid("query");
      if (!report_id) throw new Problem("missing-parameter", "report_id is missing");
      return answer(c, deps, { report_id, format });
    });
}

/** The report that a client wants, and the form in which it wants it: as `Accept` says if not given. */
interface Wanted {
  readonly report_id: string;
  readonly format?: keyof typeof FORMATS | undefined;
}

async function answer(c: Context<HttpEnv>, deps: HttpDeps, { report_id: id, format }: Wanted): Promise<Response> {
  const report = await findReport(deps.sql, id);
  if (report === undefined) return notFound(c, id);
  if (report.status !== "Completed") return status(c, report);
  const accept = format === undefined ? c.req.header("Accept") : FORMATS[format];
  const hasCsv = hasClassicWindows(report.request.windows);
  const type = preferred(accept, hasCsv ? [FORMATS.csv, FORMATS.json] : [FORMATS.json]);
  if (type === undefined) throw notAcceptable(hasCsv);
  if (type === FORMATS.json) return status(c, report);
  c.header("Vary", "Accept");
  // Clients must ask again: before, this address had a status, and other clients get JSON here.
  return await sendFile(c, { ...csvOf(deps, report), cacheControl: "private, no-cache" });
}

function notAcceptable(hasCsv: boolean): Problem {
  const detail = hasCsv
    ? "A report comes as text/csv or application/json"
    : "A report without last_hour, last_day and last_week comes as application/json. Its numbers are in rows.csv";
  return new Problem("not-acceptable", detail);
}

function notFound(c: Context<HttpEnv>, id: string) {
  c.header("Cache-Control", "no-store");
  const detail = "No report has this id. GET /reports lists the reports that exist";
  return c.json({ report_id: id, status: "Not Found" as const, detail }, 404);
}

function status(c: Context<HttpEnv>, report: Report) {
  c.header("Cache-Control", "no-store");
  c.header("Vary", "Accept");
  if (!isFinished(report)) c.header("Retry-After", retryAfter(report));
  return c.json({ ...reportJson(report), status: statusWord(report) }, 200);
}

/**
 * One word until the report is finished, the one that the client's kind of program waits on: some know `Running` alone, and
 * a report that is `Started` for 40 ms breaks them.
 */
function statusWord(report: Report): Report["status"] {
  if (isFinished(report)) return report.status;
  return report.httpMethod === "GET" ? "Started" : "Running";
}
