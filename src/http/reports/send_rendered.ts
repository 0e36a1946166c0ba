import type { Context } from "hono";
import { z } from "@hono/zod-openapi";
import type { Report } from "../../db/reports/report.ts";
import type { ReportRows } from "../../export/rows.ts";
import { rowsOfReport } from "../../report/result/report_rows.ts";
import { readExactResult } from "../../report/result/stored_result.ts";
import { reportFileName, type ReportPart } from "../answers/report_file_name.ts";
import { sendText } from "../answers/send_text.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { EXAMPLE_ID, problems } from "../kit/schemas.ts";
import { needComplete, needExact, needReport } from "./find_report.ts";

export const reportParams = z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) });

export const CONTENT_TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" } as const;

/** What is answered with a text that is rendered from a report's result. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function renderedAs(contentType: string, schema: z.ZodType) {
  return {
    200: { description: "The lines", content: { [contentType]: { schema } } },
    304: { description: "The client has the latest version." },
    ...problems(404, 409, 410, 412),
  };
}

/** A text that is rendered from a report's result. */
export interface Rendering {
  readonly part: ReportPart;
  readonly contentType: string;
  readonly render: (rows: ReportRows) => Iterable<string>;
}

/** Sends a rendering of a complete report, while it is made. */
export async function sendRendered(
  c: Context<HttpEnv>,
  deps: HttpDeps,
  { id, part, contentType, render }: Rendering & { readonly id: string },
): Promise<Response> {
  const report = needComplete(await needReport(deps.sql, id));
  return await sendText(c, {
    filename: reportFileName(report, part),
    contentType,
    etag: `"${report.reportId}.${part}.${deps.version}"`,
    lastModified: report.finishedAt ?? 0,
    pieces: async () => render(await readRows(deps, report)),
  });
}

/** @throws {Problem} if the report has no rows, or no files any more */
async function readRows({ reportsFolder }: HttpDeps, report: Report): Promise<ReportRows> {
  return rowsOfReport(report, needExact(await readExactResult(reportsFolder, report.reportId)));
}
