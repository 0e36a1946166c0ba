import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Report } from "../../db/reports/report.ts";
import { type FileFormat, renderedPath } from "../../report/result/rendered_file.ts";
import { RenderedFiles } from "../../report/result/rendered_files.ts";
import { readExactResult } from "../../report/result/stored_result.ts";
import { reportFileName } from "../answers/report_file_name.ts";
import { sendFile } from "../answers/send_file.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Problem } from "../kit/problem.ts";
import { problems } from "../kit/schemas.ts";
import { needComplete, needExact, needReport } from "./find_report.ts";
import { reportParams } from "./send_rendered.ts";

const FORMATS = {
  parquet: { contentType: "application/vnd.apache.parquet", part: "rows.parquet" },
  xlsx: { contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", part: "report.xlsx" },
} as const satisfies Record<FileFormat, unknown>;

const KEPT = "The first request writes the file, and it is kept with the report. Ranges work.";

/** `GET /reports/{id}/rows.parquet` and `…/report.xlsx`: files that are made of a report when somebody wants them. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function renderings(deps: HttpDeps) {
  const files = new RenderedFiles(deps.render);
  const parquet = createRoute({
    method: "get",
    operationId: "downloadRowsAsParquet",
    ...scope("read"),
    path: "/reports/{report_id}/rows.parquet",
    tags: ["Reports"],
    summary: "Download all measures of a report as Parquet",
    description: `The columns of rows.ndjson: whole microseconds, instants in UTC, a column tag_… per tag. ${KEPT}`,
    request: { params: reportParams },
    responses: responsesAs(FORMATS.parquet.contentType, []),
  });
  const xlsx = createRoute({
    method: "get",
    operationId: "downloadWorkbook",
    ...scope("read"),
    path: "/reports/{report_id}/report.xlsx",
    tags: ["Reports"],
    summary: "Download a report as an Excel workbook",
    description: `A sheet of totals, and a sheet for each window. ${KEPT}`,
    request: { params: reportParams },
    responses: responsesAs(FORMATS.xlsx.contentType, [422]),
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(parquet, (c) => send(c, { deps, files }, { id: c.req.valid("param").report_id, format: "parquet" }))
    .openapi(xlsx, (c) => send(c, { deps, files }, { id: c.req.valid("param").report_id, format: "xlsx" }));
}

function responsesAs(contentType: string, others: readonly 422[]) {
  const content = { [contentType]: { schema: z.string().openapi({ format: "binary" }) } };
  return {
    200: { description: "The file", content },
    206: { description: "A range of the file", content },
    304: { description: "The client has the latest version." },
    ...problems(404, 409, 410, 412, 416, 507, ...others),
  };
}

interface Sources {
  readonly deps: HttpDeps;
  readonly files: RenderedFiles;
}

interface Wanted {
  readonly id: string;
  readonly format: FileFormat;
}

async function send(c: Context<HttpEnv>, { deps, files }: Sources, { id, format }: Wanted): Promise<Response> {
  const { reportsFolder: folder, version } = deps;
  const report = needComplete(await needReport(deps.sql, id));
  needExact(await readExactResult(folder, report.reportId));
  const rendering = { folder, format, version, report: madeOf(report) };
  const { contentType, part } = FORMATS[format];
  return await sendFile(c, {
    path: renderedPath(rendering),
    filename: reportFileName(report, part),
    contentType,
    etag: `"${report.reportId}.${part}.${version}"`,
    lastModified: report.finishedAt ?? 0,
    // The next version of Storewatch may render it with more columns.
    cacheControl: "private, no-cache",
    make: async () => {
      c.set("isRendering", true);
      await files.need(rendering).catch(refuse);
    },
  });
}

/** What a rendering needs of a report. */
function madeOf({ reportId, request, asOf, warnings }: Report) {
  return { reportId, request, asOf, warnings };
}

/** The error may come from a worker, which keeps its name alone. `NotFound` is the result of a report that was deleted meanwhile. */
function refuse(cause: unknown): never {
  const { name, message } = cause instanceof Error ? cause : new Error();
  if (name === "TooLargeForXlsx") throw new Problem("report-too-large", message, { cause });
  if (name === "ReportFailure") throw new Problem("file-not-written", message, { cause });
  if (name === "ReportLost" || name === "NotFound") {
    throw new Problem("report-file-gone", "The report was deleted while the file was made", { cause });
  }
  throw cause;
}
