import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Report } from "../../db/reports/report.ts";
import type { ReportRows } from "../../export/rows.ts";
import { rowsCsv } from "../../export/rows_csv.ts";
import { rowsNdjson } from "../../export/rows_ndjson.ts";
import { rowsOfReport } from "../../report/result/report_rows.ts";
import { readExactResult } from "../../report/result/stored_result.ts";
import { reportFileName } from "../answers/attachment.ts";
import { sendText } from "../answers/send_text.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Problem } from "../kit/problem.ts";
import { EXAMPLE_ID, problems } from "../kit/schemas.ts";
import { needComplete, needReport } from "./find_report.ts";
import { RowJson } from "./row_schema.ts";

const params = z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) });

const FORMATS = {
  csv: { contentType: "text/csv; charset=utf-8", render: rowsCsv },
  ndjson: { contentType: "application/x-ndjson", render: rowsNdjson },
} as const;

const MEASURES =
  "A row per store and window: scheduled, excluded, up, down, unknown and observed time, bounds of the " +
  "uptime, outages, warnings. ";

/** `GET /reports/{id}/rows.csv` and `…/rows.ndjson`: all that a report measured. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function reportRows(deps: HttpDeps) {
  const csv = createRoute({
    method: "get",
    operationId: "downloadRows",
    path: "/reports/{report_id}/rows.csv",
    tags: ["Reports"],
    summary: "Download all measures of a report as CSV",
    description: `${MEASURES}Lengths are hours with the report's precision.`,
    request: { params },
    responses: responsesAs(FORMATS.csv.contentType, z.string()),
  });
  const ndjson = createRoute({
    method: "get",
    operationId: "downloadRowsAsJson",
    path: "/reports/{report_id}/rows.ndjson",
    tags: ["Reports"],
    summary: "Download all measures of a report as lines of JSON",
    description: `${MEASURES}Lengths are whole microseconds. The schema is that of a line.`,
    request: { params },
    responses: responsesAs(FORMATS.ndjson.contentType, RowJson),
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(csv, (c) => send(c, deps, { id: c.req.valid("param").report_id, format: "csv" }))
    .openapi(ndjson, (c) => send(c, deps, { id: c.req.valid("param").report_id, format: "ndjson" }));
}

function responsesAs(contentType: string, schema: z.ZodType) {
  return {
    200: { description: "The rows", content: { [contentType]: { schema } } },
    304: { description: "The client has them." },
    ...problems(404, 409, 410, 412),
  };
}

interface Wanted {
  readonly id: string;
  readonly format: keyof typeof FORMATS;
}

async function send(c: Context<HttpEnv>, deps: HttpDeps, { id, format }: Wanted): Promise<Response> {
  const report = needComplete(await needReport(deps.sql, id));
  const { contentType, render } = FORMATS[format];
  return await sendText(c, {
    filename: reportFileName(report, `rows.${format}`),
    contentType,
    etag: `"${report.reportId}.rows.${deps.version}"`,
    lastModified: report.finishedAt ?? 0,
    pieces: async () => render(await readRows(deps, report)),
  });
}

/** @throws {Problem} if the report has no rows, or no files any more */
async function readRows({ reportsFolder }: HttpDeps, report: Report): Promise<ReportRows> {
  const result = await readExactResult(reportsFolder, report.reportId);
  if (result === undefined) {
    throw new Problem("report-file-gone", "The report was completed, but its files are no longer there");
  }
  if (result === "classic CSV only") throw new Problem("report-without-rows", "The report has only its classic CSV");
  return rowsOfReport(report, result);
}
