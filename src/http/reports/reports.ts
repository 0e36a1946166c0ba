import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { cancelReport } from "../../actions/cancel_report.ts";
import { deleteReports } from "../../actions/delete_reports.ts";
import { listReports } from "../../db/reports/reports.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { changeContext } from "../change_context.ts";
import { needScope } from "../access/principal_of.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { isUuid } from "../../domain/uuid.ts";
import { needReport } from "./find_report.ts";
import { refuseOtherState } from "../answers/preconditions.ts";
import { csvOf } from "./files.ts";
import { reportDetails } from "./report_details.ts";
import { isFinished, reportJson, retryAfter } from "./report_json.ts";
import {
  cursorQuery,
  EXAMPLE_ID,
  json,
  limitQuery,
  problems,
  ReportDetails,
  ReportJson,
  ReportPage,
} from "../kit/schemas.ts";

const params = z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) });
const PAGE = 20;

/** `GET /reports`, `GET /reports/{id}` and `DELETE /reports/{id}`. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function reports(deps: HttpDeps) {
  const { sql } = deps;
  const list = createRoute({
    method: "get",
    path: "/reports",
    tags: ["Reports"],
    operationId: "listReports",
    ...scope("read"),
    summary: "List reports, latest first",
    description: "All reports, also those that failed or were cancelled.",
    request: { query: z.strictObject({ limit: limitQuery, cursor: cursorQuery }) },
    responses: { 200: json(ReportPage, "A page of reports"), ...problems(422) },
  });
  const one = createRoute({
    method: "get",
    path: "/reports/{report_id}",
    tags: ["Reports"],
    operationId: "showReport",
    ...scope("read"),
    summary: "Get a report's status",
    description: "With its warnings, the stores without a row, and the processing times.",
    request: { params },
    responses: { 200: json(ReportDetails, "The report"), ...problems(404) },
  });
  const remove = createRoute({
    method: "delete",
    path: "/reports/{report_id}",
    tags: ["Reports"],
    operationId: "deleteReport",
    ...scope("request"),
    summary: "Cancel a report that is not finished; delete one that is, with its files",
    description:
      "Deleting needs the scope manage. A report that finishes meanwhile stays. If you send If-Match, it must name the CSV's ETag.",
    request: { params },
    responses: {
      200: json(ReportJson, "It was cancelled, unless it was finished just then"),
      204: { description: "The report was deleted" },
      ...problems(403, 404, 412),
    },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(list, async (c) => {
      const { limit = PAGE, cursor } = c.req.valid("query");
      return c.json(await page(deps, Number(limit), cursor), 200, { "Cache-Control": "no-store" });
    })
    .openapi(one, async (c) => {
      const report = await needReport(sql, c.req.valid("param").report_id);
      if (!isFinished(report)) c.header("Retry-After", retryAfter(report));
      return c.json(await reportDetails(deps, report), 200, { "Cache-Control": "no-store" });
    })
    .openapi(remove, async (c) => {
      const report = await needReport(sql, c.req.valid("param").report_id);
      if (report.status === "Completed") refuseOtherState(c, csvOf(deps, report));
      if (isFinished(report)) {
        needScope(c, "manage");
        await deleteReports({ ...changeContext(c, deps), reportsFolder: deps.reportsFolder }, [report.reportId]);
        return c.body(null, 204);
      }
      // If it has finished by now, it stays: a request to cancel must not delete it.
      await cancelReport(changeContext(c, deps), report.reportId);
      return c.json(reportJson(await needReport(sql, report.reportId)), 200, { "Cache-Control": "no-store" });
    });
}

const Position = z.tuple([z.int().min(0).max(253_402_300_800_000_000), z.string().refine(isUuid)]);

/** A cursor names the last report of the previous page. Newer reports come before the first page. */
async function page({ sql }: HttpDeps, limit: number, cursor: string | undefined) {
  const [requestedAt, reportId] = decodeCursor(cursor, Position) ?? [];
  const after = requestedAt === undefined || reportId === undefined ? undefined : { requestedAt, reportId };
  const found = await listReports(sql, limit + 1, after);
  const reports = found.slice(0, limit);
  const last = found.length > limit ? reports.at(-1) : undefined;
  return {
    reports: reports.map(reportJson),
    next_cursor: last === undefined ? null : encodeCursor([last.requestedAt, last.reportId]),
  };
}
