import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { totalsCsv } from "../../export/totals_csv.ts";
import { totalsNdjson } from "../../export/totals_ndjson.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { TotalJson } from "./row_schema.ts";
import { CONTENT_TYPES, renderedAs, type Rendering, reportParams, sendRendered } from "./send_rendered.ts";

const CSV: Rendering = { part: "totals.csv", contentType: CONTENT_TYPES.csv, render: totalsCsv };
const NDJSON: Rendering = { part: "totals.ndjson", contentType: CONTENT_TYPES.ndjson, render: totalsNdjson };

const SUMS =
  "Each window has a line for all stores together and one for each group, with the sums of their measures. " +
  "Groups are those of the report's group_by; stores without a tag are a group, too. ";

/** `GET /reports/{id}/totals.csv` and `…/totals.ndjson`: the sums of all stores, and of each group. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function reportTotals(deps: HttpDeps) {
  const csv = createRoute({
    method: "get",
    operationId: "downloadTotals",
    ...scope("read"),
    path: "/reports/{report_id}/totals.csv",
    tags: ["Reports"],
    summary: "Download the totals of a report as CSV",
    description: `${SUMS}The group of all stores is *. Percentages are ratios of sums.`,
    request: { params: reportParams },
    responses: renderedAs(CONTENT_TYPES.csv, z.string()),
  });
  const ndjson = createRoute({
    method: "get",
    operationId: "downloadTotalsAsJson",
    ...scope("read"),
    path: "/reports/{report_id}/totals.ndjson",
    tags: ["Reports"],
    summary: "Download the totals of a report as lines of JSON",
    description:
      `${SUMS}Lengths are whole microseconds, which may have more digits than a double. The schema is that of a line.`,
    request: { params: reportParams },
    responses: renderedAs(CONTENT_TYPES.ndjson, TotalJson),
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(csv, (c) => sendRendered(c, deps, { id: c.req.valid("param").report_id, ...CSV }))
    .openapi(ndjson, (c) => sendRendered(c, deps, { id: c.req.valid("param").report_id, ...NDJSON }));
}
