import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { isCurrent } from "../../db/postgres/migrate.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { inTime } from "../guard/in_time.ts";
import { Problem } from "../kit/problem.ts";
import { json, problemsForAll } from "../kit/schemas.ts";

const Health = z.object({ status: z.literal("ok"), version: z.string() }).openapi("Health");

const Readiness = Health.extend({
  tzdata: z.string().openapi({ description: "The release of the zone rules in force.", example: "2026f" }),
}).openapi("Readiness");

/** Long enough for a busy database, and shorter than a probe waits. */
const PATIENCE_MS = 2_000;
const NO_STORE = { "Cache-Control": "no-store" };

/** `GET /healthz`, and `GET /health` for old clients: the process lives. `GET /readyz`: it can do its work. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function health({ sql, version, zoneRules }: HttpDeps) {
  const alive = {
    method: "get" as const,
    tags: ["Service"],
    summary: "Whether the process runs",
    description: "Needs no database.",
    responses: { 200: json(Health, "It lives"), ...problemsForAll() },
  };
  const healthz = createRoute({ ...alive, path: "/healthz", operationId: "isAlive", ...scope("nothing") });
  const healthForOldClients = createRoute({ ...alive, path: "/health", operationId: "isHealthy", ...scope("nothing") });
  const answer = { status: "ok" as const, version };
  const readyz = createRoute({
    method: "get",
    operationId: "isReady",
    ...scope("nothing"),
    path: "/readyz",
    tags: ["Service"],
    summary: "Whether the database can be reached and its schema is current",
    description: "For a load balancer: 503 means that requests should go elsewhere.",
    responses: { 200: json(Readiness, "It is ready"), ...problemsForAll() },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(healthz, (c) => c.json(answer, 200, NO_STORE))
    .openapi(healthForOldClients, (c) => c.json(answer, 200, NO_STORE))
    .openapi(readyz, async (c) => {
      if (!(await inTime(isCurrent(sql), PATIENCE_MS))) {
        throw new Problem("not-ready", "The database's schema is not current");
      }
      return c.json({ ...answer, tzdata: zoneRules.version }, 200, NO_STORE);
    });
}
