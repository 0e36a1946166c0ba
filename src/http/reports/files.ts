import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Report } from "../../db/reports/report.ts";
import { reportPaths } from "../../report/result/report_file.ts";
import { reportFileName } from "../answers/report_file_name.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { needClassicCsv, needComplete, needReport } from "./find_report.ts";
import { EXAMPLE_ID, problems } from "../kit/schemas.ts";
import { type Download, sendFile } from "../answers/send_file.ts";

const responses = {
  200: { description: "The file", content: { "text/csv; charset=utf-8": { schema: z.string() } } },
  206: { description: "A range of it", content: { "text/csv; charset=utf-8": { schema: z.string() } } },
  304: { description: "The client has the latest version." },
  ...problems(404, 409, 410, 412, 416),
};

const params = z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) });

/** `GET /reports/{id}/report.csv` and `…/performance.csv`. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function reportFiles(deps: HttpDeps) {
  const csv = createRoute({
    method: "get",
    operationId: "downloadReport",
    ...scope("read"),
    path: "/reports/{report_id}/report.csv",
    tags: ["Reports"],
    summary: "Download a report",
    description:
      "The CSV of a complete report: a row per store, minutes for the hour, hours for the day and the week. " +
      "Reports without these three windows have rows.csv instead.",
    request: { params },
    responses,
  });
  const performance = createRoute({
    method: "get",
    operationId: "downloadPerformance",
    ...scope("read"),
    path: "/reports/{report_id}/performance.csv",
    tags: ["Reports"],
    summary: "Download the processing times",
    description: "A CSV with a row per chunk of the report.",
    request: { params },
    responses,
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(csv, async (c) => {
      const report = await needReport(deps.sql, c.req.valid("param").report_id);
      return await sendFile(c, csvOf(deps, needClassicCsv(report)));
    })
    .openapi(performance, async (c) => {
      const report = await needReport(deps.sql, c.req.valid("param").report_id);
      return await sendFile(c, performanceOf(deps, needComplete(report)));
    });
}

/** The CSV of a completed report. */
export function csvOf({ reportsFolder }: HttpDeps, report: Report): Download {
  return {
    path: reportPaths(reportsFolder, report.reportId).csv,
    filename: reportFileName(report, "report.csv"),
    etag: `"${report.sha256}"`,
    lastModified: report.finishedAt ?? 0,
    ...IMMUTABLE_CSV,
  };
}

/** A complete report never changes, so its id identifies the bytes. */
function performanceOf({ reportsFolder }: HttpDeps, report: Report): Download {
  return {
    path: reportPaths(reportsFolder, report.reportId).performance,
    filename: reportFileName(report, "performance.csv"),
    etag: `"${report.reportId}.performance"`,
    lastModified: report.finishedAt ?? 0,
    ...IMMUTABLE_CSV,
  };
}

const IMMUTABLE_CSV = {
  contentType: "text/csv; charset=utf-8",
  cacheControl: "private, max-age=31536000, immutable",
};
