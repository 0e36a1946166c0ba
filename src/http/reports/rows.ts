import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { rowsCsv } from "../../export/rows_csv.ts";
import { rowsNdjson } from "../../export/rows_ndjson.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { RowJson } from "./row_schema.ts";
import { CONTENT_TYPES, renderedAs, type Rendering, reportParams, sendRendered } from "./send_rendered.ts";

const CSV: Rendering = { part: "rows.csv", contentType: CONTENT_TYPES.csv, render: rowsCsv };
const NDJSON: Rendering = { part: "rows.ndjson", contentType: CONTENT_TYPES.ndjson, render: rowsNdjson };

const MEASURES =
  "A row per store and window: scheduled, excluded, up, down, unknown and observed time, bounds of the " +
  "uptime, outages, target and lost sales, warnings, tags. ";

/** `GET /reports/{id}/rows.csv` and `…/rows.ndjson`: all that a report measured. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function reportRows(deps: HttpDeps) {
  const csv = createRoute({
    method: "get",
    operationId: "downloadRows",
    ...scope("read"),
    path: "/reports/{report_id}/rows.csv",
    tags: ["Reports"],
    summary: "Download all measures of a report as CSV",
    description: `${MEASURES}Lengths are hours with the report's precision.`,
    request: { params: reportParams },
    responses: renderedAs(CONTENT_TYPES.csv, z.string()),
  });
  const ndjson = createRoute({
    method: "get",
    operationId: "downloadRowsAsJson",
    ...scope("read"),
    path: "/reports/{report_id}/rows.ndjson",
    tags: ["Reports"],
    summary: "Download all measures of a report as lines of JSON",
    description: `${MEASURES}Lengths are whole microseconds. The schema is that of a line.`,
    request: { params: reportParams },
    responses: renderedAs(CONTENT_TYPES.ndjson, RowJson),
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(csv, (c) => sendRendered(c, deps, { id: c.req.valid("param").report_id, ...CSV }))
    .openapi(ndjson, (c) => sendRendered(c, deps, { id: c.req.valid("param").report_id, ...NDJSON }));
}
