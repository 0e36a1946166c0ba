import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Report } from "../../db/reports/report.ts";
import { readVerifiable } from "../../report/verify/verifiable.ts";
import { type Verifiable, verifyReport } from "../../report/verify/verify_report.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Places } from "../kit/places.ts";
import { Problem } from "../kit/problem.ts";
import { EXAMPLE_ID, json, problems } from "../kit/schemas.ts";
import { needComplete, needReport } from "./find_report.ts";
import { verificationJson } from "./verify_json.ts";
import { VerificationJson } from "./verify_schema.ts";

/** `POST /reports/{id}/verify`: whether a report comes out the same today. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function verification(deps: HttpDeps) {
  const route = createRoute({
    method: "post",
    path: "/reports/{report_id}/verify",
    tags: ["Reports"],
    operationId: "verifyReport",
    ...scope("request"),
    summary: "Check whether a report comes out the same today",
    description:
      "Computes it again with the same as_of and parameters, from what is in the database now, and compares " +
      "all rows. It takes as long as a report. Nothing is written. It stops if you close the connection.",
    request: { params: z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) }) },
    responses: { 200: json(VerificationJson, "What differs, and why"), ...problems(403, 404, 409, 410, 429) },
  });
  const places = new Places(
    deps.limits.verifications,
    () =>
      new Problem("too-many-verifications", "Other reports are being verified", { headers: { "Retry-After": "10" } }),
  );
  return new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const report = needComplete(await needReport(deps.sql, c.req.valid("param").report_id));
    using _place = places.take();
    const verifiable = await needVerifiable(deps, report);
    const found = await verifyReport({ ...deps, ...deps.computing }, verifiable, { signal: c.req.raw.signal });
    return c.json(verificationJson(found), 200, { "Cache-Control": "no-store" });
  });
}

/** @throws {Problem} if the report cannot be verified */
async function needVerifiable({ reportsFolder }: HttpDeps, report: Report): Promise<Verifiable> {
  const found = await readVerifiable(reportsFolder, report);
  switch (found) {
    case "files gone":
      throw new Problem("report-file-gone", "The report was completed, but its files are no longer there");
    case "classic CSV only":
      throw new Problem("report-without-rows", "The report has only its classic CSV");
    case "no record":
      throw new Problem("report-without-record", "The report does not say what it depends on");
    default:
      return found;
  }
}
