import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Assets } from "../../web/kit/asset.ts";
import { docsPage, type Operation } from "../../web/docs_page.tsx";
import { SECURITY_SCHEMES } from "../access/scope.ts";
import { needs } from "../../web/access/needs.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { openApiHead } from "../openapi.ts";
import { Problem } from "../kit/problem.ts";
import { PROBLEMS } from "../kit/problem_kinds.ts";

/** The files of swagger-ui-dist that the page needs; served from here, so that it works without the internet. */
const ASSETS = {
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
} as const;

/** Swagger UI has a dark mode, but does not know when to use it. */
const START = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, tryItOutEnabled: true });
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
`;

/** `GET /openapi.json`, `GET /docs`, and a page for each problem. `app` has all other routes already. */
export function docs(
  app: OpenAPIHono<HttpEnv>,
  deps: HttpDeps,
  assets: () => Promise<Assets>,
): OpenAPIHono<HttpEnv> {
  const routes = new OpenAPIHono<HttpEnv>();
  for (const [name, way] of Object.entries(SECURITY_SCHEMES)) {
    app.openAPIRegistry.registerComponent("securitySchemes", name, way);
  }
  const described = () => app.getOpenAPI31Document(openApiHead(deps.version));
  routes.get("/openapi.json", needs("read"), (c) => c.json(described(), 200, { "Cache-Control": "no-cache" }));
  routes.get("/docs", needs("read"), async () => await docsPage(deps, await assets(), operationsOf(described())));
  routes.get(
    "/docs/start.js",
    needs("read"),
    (c) => c.body(START, 200, { "Content-Type": ASSETS["swagger-ui-bundle.js"] }),
  );
  for (const [name, type] of Object.entries(ASSETS)) {
    routes.get(`/docs/${name}`, needs("read"), (c) => asset(c, name, type));
  }
  routes.get("/problems/:name", needs("read"), (c) => c.text(problemPage(c.req.param("name")), 200));
  return routes;
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

function operationsOf({ paths = {} }: ReturnType<typeof OpenAPIHono.prototype.getOpenAPI31Document>): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, summary: operation.summary ?? "" }];
    })
  );
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
