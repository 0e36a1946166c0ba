import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { json, problems } from "../kit/schemas.ts";

const address = z.string().openapi({ format: "uri-reference" });

const Service = z.object({
  name: z.literal("Storewatch"),
  version: z.string(),
  links: z.object({
    trigger_report: address,
    get_report: address.openapi({ description: "A template: replace {report_id}." }),
    reports: address,
    stores: address,
    imports: address,
    polls: address,
    health: address,
    openapi: address,
    docs: address,
  }),
}).openapi("Service");

const LINKS = {
  trigger_report: "/trigger_report",
  get_report: "/get_report/{report_id}",
  reports: "/reports",
  stores: "/stores",
  imports: "/imports",
  polls: "/polls",
  health: "/healthz",
  openapi: "/openapi.json",
  docs: "/docs",
};

/** `GET /` for programs: what this service is, and where its parts are. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function serviceRoot({ version }: HttpDeps) {
  const route = createRoute({
    method: "get",
    operationId: "showService",
    ...scope("read"),
    path: "/",
    tags: ["Service"],
    summary: "Show the version and the addresses of this service",
    description: "Browsers get the overview page instead, since they prefer text/html.",
    responses: { 200: json(Service, "The service"), ...problems() },
  });
  return new OpenAPIHono<HttpEnv>().openapi(
    route,
    (c) =>
      c.json({ name: "Storewatch" as const, version, links: LINKS }, 200, {
        "Cache-Control": "no-store",
        "Vary": "Accept",
      }),
  );
}
