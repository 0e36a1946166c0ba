import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { addExclusion } from "../../actions/calendar/add_exclusion.ts";
import { changeExclusion } from "../../actions/calendar/change_exclusion.ts";
import { withdrawExclusion } from "../../actions/calendar/withdraw_exclusion.ts";
import { getExclusion, type SingleExclusion } from "../../db/calendars/exclusions.ts";
import type { StoreChoice } from "../../db/stores/chosen_stores.ts";
import { ALL_STORES } from "../../db/stores/staging.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { refuseOtherTag } from "../answers/preconditions.ts";
import { addTag, IfMatch, isKnown, notModified, tagged } from "../answers/tagged_json.ts";
import { changeContext } from "../change_context.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Problem } from "../kit/problem.ts";
import { calendarBody } from "../kit/request_body.ts";
import { EXAMPLE_ID, json, problems } from "../kit/schemas.ts";
import { invalidParameters } from "../kit/validation.ts";
import { exclusionDetails, exclusionTag } from "./exclusion_json.ts";
import { ExclusionBody, ExclusionJson, ExclusionPatch } from "./exclusion_schemas.ts";

const CHOICE =
  'stores names up to 10,000 stores; ["*"] is a rule for all. where takes the stores that have some tags at this moment.';

/** What the operations of one exclusion have in common. */
const one = { path: "/exclusions/{exclusion_id}" as const, tags: ["Calendars"] };
const params = z.object({ exclusion_id: z.string().openapi({ example: EXAMPLE_ID }) });

/** `POST /exclusions`, and `GET`, `PATCH` and `DELETE` of one. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function exclusions(deps: HttpDeps) {
  const { sql, limits } = deps;
  const add = createRoute({
    method: "post",
    operationId: "addExclusion",
    ...scope("manage"),
    path: "/exclusions",
    tags: ["Calendars"],
    summary: "Take an interval out of the count of some stores",
    description: `One exclusion for all stores of the request. ${CHOICE}`,
    middleware: calendarBody(limits),
    request: { body: { required: true, content: { "application/json": { schema: ExclusionBody } } } },
    responses: {
      201: added,
      ...problems(400, 403, 408, 413, 415, 422),
    },
  });
  const show = createRoute({
    ...one,
    method: "get",
    operationId: "showExclusion",
    ...scope("read"),
    summary: "Show an exclusion, withdrawn or not",
    description: "With the first 100 of its stores.",
    request: { params },
    responses: { 200: tagged(json(ExclusionJson, "The exclusion")), 304: notModified, ...problems(404, 412) },
  });
  const change = createRoute({
    ...one,
    method: "patch",
    operationId: "changeExclusion",
    ...scope("manage"),
    summary: "Change an exclusion",
    description: `What is not given stays. ${CHOICE} They take the place of all stores that it was for.`,
    middleware: calendarBody(limits),
    request: {
      params,
      headers: IfMatch,
      body: { required: true, content: { "application/json": { schema: ExclusionPatch } } },
    },
    responses: {
      200: tagged(json(ExclusionJson, "The exclusion")),
      ...problems(400, 403, 404, 408, 409, 412, 413, 415, 422),
    },
  });
  const withdraw = createRoute({
    ...one,
    method: "delete",
    operationId: "withdrawExclusion",
    ...scope("manage"),
    summary: "Withdraw an exclusion",
    description: "Its time counts again. Its row stays, with who withdrew it and when.",
    request: { params, headers: IfMatch },
    responses: { 204: { description: "It was withdrawn" }, ...problems(403, 404, 409, 412) },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(add, async (c) => {
      const { stores, where, ...values } = c.req.valid("json");
      const choice = choiceOf(stores, where);
      if (choice === undefined) throw invalidParameters([{ parameter: "stores", reason: "or where must be given" }]);
      const made = await addExclusion(changeContext(c, deps), { ...values, stores: choice });
      addTag(c, exclusionTag(made));
      c.header("Location", `/exclusions/${made.exclusionId}`);
      return c.json(await exclusionDetails(sql, made), 201);
    })
    .openapi(show, async (c) => {
      const found = await getExclusion(sql, c.req.valid("param").exclusion_id);
      if (found === undefined) throw new Problem("unknown-exclusion", "No exclusion has this id");
      return isKnown(c, exclusionTag(found)) ? c.body(null, 304) : c.json(await exclusionDetails(sql, found), 200);
    })
    .openapi(change, async (c) => {
      const { stores, where, ...values } = c.req.valid("json");
      const check = (current: SingleExclusion) => refuseOtherTag(c, exclusionTag(current));
      const changes = { ...values, stores: choiceOf(stores, where), check };
      const changed = await changeExclusion(changeContext(c, deps), c.req.valid("param").exclusion_id, changes);
      addTag(c, exclusionTag(changed));
      return c.json(await exclusionDetails(sql, changed), 200);
    })
    .openapi(withdraw, async (c) => {
      const check = (current: SingleExclusion) => refuseOtherTag(c, exclusionTag(current));
      await withdrawExclusion(changeContext(c, deps), c.req.valid("param").exclusion_id, check);
      return c.body(null, 204);
    });
}

const added = {
  ...json(ExclusionJson, "The exclusion"),
  headers: {
    ETag: { schema: { type: "string" as const }, description: "For If-Match." },
    Location: { schema: { type: "string" as const }, description: "/exclusions/{exclusion_id}" },
  },
};

/** @returns undefined if neither is given */
function choiceOf(ids: readonly string[] | undefined, where: TagFilter | undefined): StoreChoice | undefined {
  if (ids !== undefined && where !== undefined) {
    throw invalidParameters([{ parameter: "where", value: where, reason: "cannot be given beside stores" }]);
  }
  if (where !== undefined) return { where };
  if (ids === undefined) return undefined;
  if (!ids.includes(ALL_STORES)) return { ids: [...new Set(ids)] };
  if (ids.length === 1) return "all";
  throw invalidParameters([{ parameter: "stores", value: ALL_STORES, reason: "stands alone: it means all stores" }]);
}
