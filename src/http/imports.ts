import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { getImport, IMPORT_KINDS, type ImportKind } from "../db/imports.ts";
import { streamRejects } from "../db/rejects.ts";
import { importFile } from "../ingest/import_file.ts";
import { rejectsCsv } from "../ingest/rejects_csv.ts";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { importJson } from "./import_json.ts";
import { Problem } from "./problem.ts";
import { EXAMPLE_ID, ImportJson, json, problems } from "./schemas.ts";
import { openUpload } from "./upload.ts";

const file = { type: "string" as const, format: "binary" };

/** Schemas of Zod would be checked, and for that the whole body collected. */
const body = {
  required: true,
  content: {
    "text/csv": { schema: { type: "string" as const } },
    "application/gzip": { schema: file },
    "multipart/form-data": { schema: { type: "object" as const, properties: { file }, required: ["file"] } },
  },
};

/** In British English, which has no comma before "or". */
const KIND = `must be ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(IMPORT_KINDS)}`;

const NO_STORE = { "Cache-Control": "no-store" };

/** `POST /imports/{kind}` and `POST /imports` load a file; `GET /imports/{id}/rejects.csv` says which of its rows were rejected. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function imports({ sql, rules, limits, metrics }: HttpDeps) {
  const places = new Places(limits.imports);
  const load = createRoute({
    method: "post",
    operationId: "importFile",
    path: "/imports/{kind}",
    tags: ["Data"],
    summary: "Load a CSV file, plain or gzipped",
    description: "Rows that cannot be read are rejected, the others load. The file is loaded whole or not at all.",
    request: { params: z.object({ kind: z.enum(IMPORT_KINDS, { error: KIND }) }), body },
    responses: { 200: json(ImportJson, "The file was loaded"), ...problems(400, 403, 408, 415, 422, 429) },
  });
  const loadAny = createRoute({
    method: "post",
    path: "/imports",
    operationId: "importAnyFile",
    tags: ["Data"],
    summary: "Load a CSV file whose header tells its kind",
    request: { body },
    responses: { 200: json(ImportJson, "The file was loaded"), ...problems(400, 403, 408, 415, 422, 429) },
  });
  const rejects = createRoute({
    method: "get",
    operationId: "downloadRejects",
    path: "/imports/{import_id}/rejects.csv",
    tags: ["Data"],
    summary: "Download every rejected row of a file",
    request: { params: z.object({ import_id: z.string().openapi({ example: EXAMPLE_ID }) }) },
    responses: {
      200: { description: "The rows", content: { "text/csv; charset=utf-8": { schema: z.string() } } },
      ...problems(404),
    },
  });
  const take = async (request: Request, kind?: ImportKind) => {
    using _place = places.take();
    const result = await importFile(sql, { kind, rules, ...await openUpload(request, limits) });
    if (result.kind === "polls") metrics.countPolls("file", result.accepted);
    return importJson(result, result.rejects);
  };
  return new OpenAPIHono<HttpEnv>()
    .openapi(load, async (c) => c.json(await take(c.req.raw, c.req.valid("param").kind), 200, NO_STORE))
    .openapi(loadAny, async (c) => c.json(await take(c.req.raw), 200, NO_STORE))
    .openapi(rejects, async (c) => {
      const found = await getImport(sql, c.req.valid("param").import_id);
      if (found === undefined) throw new Problem("unknown-import", "No import has this id");
      const lines = rejectsCsv(found.source, streamRejects(sql, found.importId));
      return c.body(ReadableStream.from(lines).pipeThrough(new TextEncoderStream()), 200, {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${found.importId}.rejects.csv"`,
        "Cache-Control": "private, max-age=31536000, immutable",
      });
    });
}

/** Counts the files that are being loaded. */
class Places {
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  take(): Disposable {
    if (this.#free === 0) {
      throw new Problem("too-many-imports", "Other files are being loaded", { headers: { "Retry-After": "5" } });
    }
    this.#free--;
    return { [Symbol.dispose]: () => this.#free++ };
  }
}
