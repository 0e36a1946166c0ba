import { createRoute, OpenAPIHono, type z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ActionContext } from "../../actions/context.ts";
import { hasName } from "../../domain/actor.ts";
import type { HttpMethod } from "../../db/reports/report.ts";
import { askForReport } from "../../actions/ask_for_report.ts";
import { scope } from "../access/scope.ts";
import { changeContext } from "../change_context.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { FORM_TYPES } from "../kit/form_body.ts";
import { Problem } from "../kit/problem.ts";
import { parametersBody } from "../kit/request_body.ts";
import { askedRequest, type ReportParameters, triggerBody, triggerQuery } from "../parameters/report_parameters.ts";
import { IdempotencyHeader, json, problems, Triggered } from "../kit/schemas.ts";
import { invalidParameters, type ParameterError } from "../kit/validation.ts";

type QueryParameters = z.output<ReturnType<typeof triggerQuery>>;

const POST_PROBLEMS = [400, 403, 408, 413, 415, 422, 429] as const;

/** `POST` and `GET /trigger_report`, and `POST /reports`: request a report, and answer before it starts. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function triggerReport(deps: HttpDeps) {
  const get = createRoute({
    method: "get",
    operationId: "triggerReportByGet",
    ...scope("request"),
    path: "/trigger_report",
    tags: ["Reports"],
    summary: "Request a report",
    description: "The same as POST, for clients that can only GET. Parameters come in the query.",
    request: { query: triggerQuery(deps.zoneRules), headers: IdempotencyHeader },
    responses: { 200: triggered, ...problems(403, 422, 429) },
  });
  // Old clients compare with 200.
  const trigger = createRoute({
    ...postRoute(deps),
    path: "/trigger_report",
    operationId: "triggerReport",
    ...scope("request"),
    responses: { 200: triggered, ...problems(...POST_PROBLEMS) },
  });
  const create = createRoute({
    ...postRoute(deps),
    path: "/reports",
    operationId: "createReport",
    ...scope("request"),
    responses: { 202: triggered, ...problems(...POST_PROBLEMS) },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(get, async (c) => {
      // HEAD arrives here too, and must not ask for anything.
      if (c.req.method !== "GET") {
        throw new Problem("method-not-allowed", "Use POST", { headers: { Allow: "GET, POST" } });
      }
      const parameters = fromQuery(c.req.valid("query"));
      return c.json(await ask(c, deps, { ...c.req.valid("header"), parameters, httpMethod: "GET" }), 200);
    })
    .openapi(trigger, async (c) => {
      const parameters = merge(fromQuery(c.req.valid("query")), c.req.valid("json"));
      return c.json(await ask(c, deps, { ...c.req.valid("header"), parameters, httpMethod: "POST" }), 200);
    })
    .openapi(create, async (c) => {
      const parameters = merge(fromQuery(c.req.valid("query")), c.req.valid("json"));
      return c.json(await ask(c, deps, { ...c.req.valid("header"), parameters, httpMethod: "POST" }), 202);
    });
}

const triggered = {
  ...json(Triggered, "The report will be made; Location is where it stands"),
  headers: { Location: { schema: { type: "string" as const }, description: "/reports/{report_id}" } },
};

const FORM = { schema: { $ref: "#/components/schemas/TriggerParameters" } };
/** They arrive as JSON at the handler. */
const FORMS = Object.fromEntries(FORM_TYPES.map((type) => [type, FORM]));

/** What both paths of POST have in common. */
function postRoute({ limits, zoneRules }: HttpDeps) {
  return {
    method: "post" as const,
    tags: ["Reports"],
    summary: "Request a report",
    description: "Parameters come as JSON, as a form, or in the query. The body may be empty.",
    middleware: parametersBody(limits),
    request: {
      query: triggerQuery(zoneRules),
      headers: IdempotencyHeader,
      body: { content: { "application/json": { schema: triggerBody(zoneRules) }, ...FORMS }, required: false },
    },
  };
}

interface Asked {
  readonly parameters: ReportParameters;
  readonly httpMethod: HttpMethod;
  readonly "idempotency-key"?: string | undefined;
}

async function ask(
  c: Context<HttpEnv>,
  deps: HttpDeps,
  { parameters, httpMethod, "idempotency-key": idempotencyKey }: Asked,
): Promise<z.output<typeof Triggered>> {
  const request = askedRequest(parameters, deps);
  const context = { ...changeContext(c, deps), queue: deps.queue };
  const options = {
    idempotencyKey: ownKey(context, idempotencyKey),
    httpMethod,
    mostWaiting: deps.limits.waitingReports,
  };
  const reportId = await askForReport(context, request, options);
  c.header("Location", `/reports/${reportId}`);
  c.header("Cache-Control", "no-store");
  return { report_id: reportId };
}

/** Clients with keys choose idempotency keys without knowing those of others. */
function ownKey({ actor }: ActionContext, key: string | undefined): string | undefined {
  return key !== undefined && hasName(actor) ? `${actor} ${key}` : key;
}

function fromQuery({ precision, ...others }: QueryParameters): ReportParameters {
  return precision === undefined ? others : { ...others, precision: Number(precision) };
}

/** Body and query may both have parameters, but not the same one. */
function merge(query: ReportParameters, body: ReportParameters): ReportParameters {
  const twice: ParameterError[] = Object.entries(query)
    .filter(([parameter]) => parameter in body)
    .map(([parameter, value]) => ({ parameter, value, reason: "is given both in the query and in the body" }));
  if (twice.length > 0) throw invalidParameters(twice);
  return { ...query, ...body };
}
