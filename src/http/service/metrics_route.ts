import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { Registry } from "prom-client";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { problems } from "../kit/schemas.ts";

/** `GET /metrics`, for Prometheus. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function metricsRoute({ metrics }: HttpDeps) {
  const route = createRoute({
    method: "get",
    operationId: "readMetrics",
    ...scope("metrics"),
    path: "/metrics",
    tags: ["Service"],
    summary: "Metrics in the text format of Prometheus",
    description: "For a scraper. docs/metrics.md explains each metric.",
    responses: {
      200: { description: "The metrics", content: { [Registry.PROMETHEUS_CONTENT_TYPE]: { schema: z.string() } } },
      ...problems(),
    },
  });
  return new OpenAPIHono<HttpEnv>().openapi(route, async (c) =>
    c.text(await metrics.text(), 200, {
      "Content-Type": Registry.PROMETHEUS_CONTENT_TYPE,
      "Cache-Control": "no-store",
    }));
}
