import { Ajv2020 } from "ajv/dist/2020.js";
import assert from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { jsonOf, openService } from "../support/http_service.ts";
import { contractCases } from "./contract_cases.ts";

const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string(), z.object({ schema: Schema }));
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), schema: Schema })).default(
    [],
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
type Operation = z.output<typeof Operation>;
const Document = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});
type Document = z.output<typeof Document>;

/** What is for people, and not for programs. */
const PAGES =
  /^\/(keys(\/revoke)?|sign-in(\/start|\/return)?|sign-out|data|now|trends|how-sure|new-report|sample|assets\/:name|reports\/:id\{.*|stores\/:id|stores\/:id\/(remove|exclude|special-date(\/remove)?)|(stores\/:id\/)?exclusions\/(add|:exclusion\/(change|withdraw)))$/;

Deno.test("what /openapi.json says", async (t) => {
  await using service = await openService({ jsonBytes: 1_000 });
  const { app } = service;
  const document = Document.parse(await jsonOf(await app.request("/openapi.json")));
  const cases = await contractCases(service);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation }))
  );

  await t.step("is about every operation that the service has, each with a name of its own", () => {
    const routes = app.routes.filter(({ method, path }) =>
      method !== "ALL" && !/^\/(docs|problems|openapi)/.test(path) && !PAGES.test(path)
    )
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const documented = operations.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(documented.sort(), [...new Set(routes)].sort());
    assert.deepEqual(operations.map(({ operation }) => operation.operationId).sort(), Object.keys(cases).sort());
  });

  for (const { method, path, operation } of operations) {
    for (const [status, url, init] of cases[operation.operationId] ?? []) {
      await t.step(`is true of ${method} ${path}: ${status}`, async () => {
        const answer = await app.request(url, { method, ...init });
        assert.equal(answer.status, status, url);
        await assertDocumented(answer, operation, document);
      });
    }
    await t.step(`is true of ${method} ${path} for any nonsense`, async () => {
      for (const nonsense of ["", "\0", "-1", "1e999", "null", "'", "../x", "ﷺ😀", "x".repeat(5_000)]) {
        const answer = await app.request(...withNonsense(method, path, operation, nonsense));
        await assertDocumented(answer, operation, document);
      }
    });
  }

  await t.step("names only schemas that are there", () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      assert.ok(document.components.schemas[String(name)], name);
    }
  });
});

/** Fills every parameter and the body with the same nonsense. */
function withNonsense(method: string, path: string, operation: Operation, nonsense: string): [string, RequestInit] {
  const encoded = encodeURIComponent(nonsense);
  const query = operation.parameters.filter((parameter) => parameter.in === "query").map(({ name }) =>
    `${name}=${encoded}`
  );
  // An empty part would make it another path.
  const url = `${path.replaceAll(/\{\w+\}/g, encoded || "-")}?${query.join("&")}`;
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  return [url, type === undefined ? { method } : { method, body: nonsense, headers: { "content-type": type } }];
}

/** The status is among those that are documented, and so is the body, to the letter. */
async function assertDocumented(
  answer: Response,
  { operationId, responses }: Operation,
  document: Document,
): Promise<void> {
  const response = responses[answer.status];
  assert.ok(response, `${operationId} does not say that it may answer ${answer.status}`);
  const type = answer.headers.get("content-type");
  if (response.content === undefined) return assert.equal(answer.body, null);
  assert.ok(type && response.content[type], `${operationId} does not say that it may answer with ${type}`);
  if (!type.endsWith("json")) return void await answer.body?.cancel();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile({ ...response.content[type].schema, components: document.components });
  const values = type.endsWith("ndjson") ? linesOf(await answer.text()) : [await answer.json()];
  for (const value of values) assert.ok(validate(value), `${operationId}: ${ajv.errorsText(validate.errors)}`);
}

/** Each line as JSON. */
function linesOf(text: string): unknown[] {
  const lines = text.trimEnd().split("\n");
  assert.ok(lines.length > 1);
  return lines.map((line) => JSON.parse(line));
}
