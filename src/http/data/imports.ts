import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Sql } from "../../db/connection/client.ts";
import { getImport, type Import, IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import { listImports } from "../../db/imports/import_list.ts";
import { firstRejects, streamRejects } from "../../db/imports/rejects.ts";
import { FIRST_REJECTS } from "../../ingest/import_file.ts";
import { rejectsCsv } from "../../ingest/rejects_csv.ts";
import { attachment, rejectsFileName } from "../answers/attachment.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { changeContext } from "../change_context.ts";
import { needScope } from "../access/principal_of.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { isUuid } from "../../domain/uuid.ts";
import { checkUploads } from "./check_uploads.ts";
import { importJson, importSummary } from "./import_json.ts";
import { ImportedOrChecked, ImportJson, ImportPage, ImportQuery } from "./import_schemas.ts";
import { httpDate, knownCopy } from "../answers/preconditions.ts";
import { Places } from "../kit/places.ts";
import { Problem } from "../kit/problem.ts";
import { cursorQuery, EXAMPLE_ID, json, limitQuery, problems } from "../kit/schemas.ts";
import { takeFiles } from "./take_files.ts";

const file = { type: "string" as const, format: "binary" };

/** Schemas of Zod would be checked, and for that the whole body collected. */
const body = {
  required: true,
  content: {
    "text/csv": { schema: { type: "string" as const } },
    "application/json": { schema: { type: "string" as const } },
    "application/ld+json": { schema: { type: "string" as const } },
    "text/calendar": { schema: { type: "string" as const } },
    "application/gzip": { schema: file },
    "multipart/form-data": { schema: { type: "object" as const, properties: { file }, required: ["file"] } },
  },
};

/** In British English, which has no comma before "or". */
const KIND = `must be ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(IMPORT_KINDS)}`;

/** `special_hours` is `special-hours`. */
const Kind = z.preprocess(
  (kind) => typeof kind === "string" ? kind.replaceAll("_", "-") : kind,
  z.enum(IMPORT_KINDS, { error: KIND }),
).openapi({ type: "string", enum: [...IMPORT_KINDS] });

const LOADING =
  "Rows that cannot be read are rejected, the others load; the hours of a store load as a whole. A file is " +
  "loaded whole or not at all. A form may bring several files, and a JSON file several kinds: the answer is then a list, in " +
  "which each has a status. " +
  "With check=true, the answer says what loading the files would do, and nothing is kept.";

const WHAT_BECAME = "What became of the file, or a list for several files of which at least one was loaded";

const ONLY_POLLS = "Of files, those who see some stores load polls: POST /imports/polls";

const PAGE = 20;
const NO_STORE = { "Cache-Control": "no-store" };

/**
 * `POST /imports/{kind}` and `POST /imports` load files; `GET /imports` lists them, `GET /imports/{id}` says what became of
 * one, and `GET /imports/{id}/rejects.csv` which of its rows were rejected.
 */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function imports(deps: HttpDeps) {
  const { sql } = deps;
  const places = new Places(deps.limits.imports, tooManyImports);
  const load = createRoute({
    method: "post",
    operationId: "importFile",
    ...scope("ingest"),
    path: "/imports/{kind}",
    tags: ["Data"],
    summary: "Load a file of a kind, plain or gzipped",
    description: `${LOADING} All kinds but polls need the scope manage.`,
    request: { params: z.object({ kind: Kind }), query: ImportQuery, body },
    responses: { 200: json(ImportedOrChecked, WHAT_BECAME), ...problems(400, 403, 408, 415, 422, 429) },
  });
  const loadAny = createRoute({
    method: "post",
    path: "/imports",
    operationId: "importAnyFile",
    ...scope("manage"),
    tags: ["Data"],
    summary: "Load a file that tells its kind: CSV, JSON of locations, or a calendar",
    description: LOADING,
    request: { query: ImportQuery, body },
    responses: { 200: json(ImportedOrChecked, WHAT_BECAME), ...problems(400, 403, 408, 415, 422, 429) },
  });
  const rejects = createRoute({
    method: "get",
    operationId: "downloadRejects",
    ...scope("read"),
    path: "/imports/{import_id}/rejects.csv",
    tags: ["Data"],
    summary: "Download every rejected row of a file",
    description: "A CSV with file, line, column, value and reason.",
    request: { params: z.object({ import_id: z.string().openapi({ example: EXAMPLE_ID }) }) },
    responses: {
      200: { description: "The rows", content: { "text/csv; charset=utf-8": { schema: z.string() } } },
      304: { description: "The client has the latest version." },
      ...problems(404, 412),
    },
  });
  const list = createRoute({
    method: "get",
    operationId: "listImports",
    ...scope("read"),
    path: "/imports",
    tags: ["Data"],
    summary: "List imports, latest first",
    description: "All files that were loaded or that failed, without their rejected rows.",
    request: { query: z.strictObject({ limit: limitQuery, cursor: cursorQuery }) },
    responses: { 200: json(ImportPage, "A page of imports"), ...problems(422) },
  });
  const one = createRoute({
    method: "get",
    operationId: "showImport",
    ...scope("read"),
    // One path has one name for its parameter, and POST calls it kind.
    path: "/imports/{kind}",
    tags: ["Data"],
    summary: "Show the result of an import, with its notices and warnings",
    description: "Also for a file that failed and changed nothing.",
    request: { params: z.object({ kind: z.string().openapi({ description: "An import_id.", example: EXAMPLE_ID }) }) },
    responses: { 200: json(ImportJson, "The file"), ...problems(404) },
  });
  const take = async (
    c: Context<HttpEnv>,
    { check, max_rejects: maxRejects, column: aliases, days, store: stores }: ImportQuery,
    kind?: ImportKind,
  ) => {
    if (deps.where !== undefined && (kind !== "polls" || check === "true")) {
      throw new Problem("outside-your-stores", ONLY_POLLS);
    }
    using _place = places.take();
    const { actor, requestId, seen } = changeContext(c, deps);
    const options = { kind, maxRejects, aliases, days, stores, actor, requestId, seen };
    return await (check === "true" ? checkUploads : takeFiles)(deps, c.req.raw, options);
  };
  return new OpenAPIHono<HttpEnv>()
    .openapi(
      load,
      async (c) => {
        const { kind } = c.req.valid("param");
        if (kind !== "polls") needScope(c, "manage");
        return c.json(await take(c, c.req.valid("query"), kind), 200, NO_STORE);
      },
    )
    .openapi(loadAny, async (c) => c.json(await take(c, c.req.valid("query")), 200, NO_STORE))
    .openapi(list, async (c) => {
      const { limit = PAGE, cursor } = c.req.valid("query");
      return c.json(await page(sql, Number(limit), cursor), 200, NO_STORE);
    })
    .openapi(one, async (c) => {
      const found = await needImport(sql, c.req.valid("param").kind);
      const rejected = await firstRejects(sql, found.importId, FIRST_REJECTS);
      return c.json(importJson(found, rejected), 200, NO_STORE);
    })
    .openapi(rejects, async (c) => {
      const found = await needImport(sql, c.req.valid("param").import_id);
      const validators = { etag: `"${found.importId}.rejects"`, lastModified: found.finishedAt };
      const known = knownCopy(c, validators);
      const headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": attachment(rejectsFileName(found.source)),
        "ETag": known ?? validators.etag,
        "Last-Modified": httpDate(validators.lastModified),
        "Cache-Control": "private, max-age=31536000, immutable",
      };
      if (known !== undefined) return c.body(null, 304, headers);
      const lines = rejectsCsv(found.source, streamRejects(sql, found.importId));
      return c.body(ReadableStream.from(lines).pipeThrough(new TextEncoderStream()), 200, headers);
    });
}

const Position = z.tuple([z.int().min(0).max(253_402_300_800_000_000), z.string().refine(isUuid)]);

/** A cursor names the last import of the previous page. Newer imports come before the first page. */
async function page(sql: Sql, limit: number, cursor: string | undefined): Promise<z.output<typeof ImportPage>> {
  const [startedAt, importId] = decodeCursor(cursor, Position) ?? [];
  const after = startedAt === undefined || importId === undefined ? undefined : { startedAt, importId };
  const found = await listImports(sql, limit + 1, after);
  const imports = found.slice(0, limit);
  const last = found.length > limit ? imports.at(-1) : undefined;
  return {
    imports: imports.map(importSummary),
    next_cursor: last === undefined ? null : encodeCursor([last.startedAt, last.importId]),
  };
}

/** @throws {Problem} if the import does not exist */
async function needImport(sql: Sql, importId: string): Promise<Import> {
  const found = await getImport(sql, importId);
  if (found === undefined) throw new Problem("unknown-import", "No import has this id");
  return found;
}

function tooManyImports(): Problem {
  return new Problem("too-many-imports", "Other files are being loaded", { headers: { "Retry-After": "5" } });
}
