import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { Problem } from "./problem.ts";
import { PROBLEMS } from "./problem_kinds.ts";

/** The files of swagger-ui-dist that the page needs; served from here, so that it works without the internet. */
const ASSETS = {
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
} as const;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Storewatch: HTTP interface</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

const START = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, tryItOutEnabled: true });\n`;

/** Swagger UI writes styles into its elements and has its icons in data: addresses; scripts come from here only. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const DESCRIPTION = "Polls, business hours and time zones of stores go in; reports of their uptime and downtime come " +
  "out. Errors are problems (RFC 9457), times are ISO 8601 in UTC.";

/** `GET /openapi.json`, `GET /docs`, and a page for each problem. `app` has all other routes already. */
export function docs(app: OpenAPIHono<HttpEnv>, { version }: HttpDeps): OpenAPIHono<HttpEnv> {
  const routes = new OpenAPIHono<HttpEnv>();
  routes.get("/openapi.json", (c) => {
    const info = { title: "Storewatch", version, description: DESCRIPTION };
    return c.json(app.getOpenAPI31Document({ openapi: "3.1.0", info }), 200, { "Cache-Control": "no-cache" });
  });
  routes.get("/docs", (c) => c.html(PAGE, 200, { "Content-Security-Policy": POLICY, "Cache-Control": "no-cache" }));
  routes.get("/docs/start.js", (c) => c.body(START, 200, { "Content-Type": ASSETS["swagger-ui-bundle.js"] }));
  for (const [name, type] of Object.entries(ASSETS)) routes.get(`/docs/${name}`, (c) => asset(c, name, type));
  routes.get("/problems/:name", (c) => c.text(problemPage(c.req.param("name")), 200));
  return routes;
}

async function asset(c: Context, name: string, type: string): Promise<Response> {
  const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return c.body(await Deno.readFile(`${folder}/${name}`), 200, {
    "Content-Type": type,
    "Cache-Control": "public, max-age=86400",
  });
}

function problemPage(name: string): string {
  const problem = Object.entries(PROBLEMS).find(([known]) => known === name)?.[1];
  if (problem === undefined) throw new Problem("not-found", "No problem has this name");
  return `${problem.status} ${name}\n\n${problem.title}.\n\n${problem.help}\n`;
}
