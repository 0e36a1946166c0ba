import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { type AuditedChange, type AuditSearch, listAudit } from "../../db/audit/audit_list.ts";
import { type Actor, isActor } from "../../domain/actor.ts";
import { ACCESS_ACTIONS, AUDIT_ACTIONS } from "../../domain/audited.ts";
import { formatInstant, parseAsOf } from "../../domain/time/instant.ts";
import { allows } from "../../domain/access/scope.ts";
import { principalOf } from "../access/principal_of.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { actorOut, cursorQuery, instantOut, instantQuery, json, limitQuery, problems } from "../kit/schemas.ts";

const PAGE = 20;
const STORE =
  "Changes that name the store, and those that may concern any store: rules for all, and changes of more than 10,000.";

const ACTOR = "must be command, page, anonymous, or a name such as key:till or person:ada";

const query = z.strictObject({
  actor: z.string({ error: "must be given once" }).max(300).refine((text): text is Actor => isActor(text), ACTOR)
    .optional(),
  action: z.enum(AUDIT_ACTIONS, { error: `must be one of ${AUDIT_ACTIONS.join(", ")}` }).optional(),
  store_id: z.string({ error: "must be given once" }).max(64, "must have at most 64 characters").refine(
    (text) => !text.includes("\0"),
    "must not contain a NUL",
  ).optional().openapi({ description: STORE }),
  since: instantQuery.openapi({ description: "Changes at or after this." }),
  until: instantQuery.openapi({ description: "Changes before this." }),
  limit: limitQuery,
  cursor: cursorQuery,
});

const fields = z.record(z.string(), z.unknown()).nullable();

const AuditPage = z.object({
  changes: z.array(z.object({
    audit_id: z.int(),
    at: instantOut,
    actor: actorOut,
    request_id: z.string().nullable().openapi({ description: "The X-Request-Id of the request; null for a command." }),
    action: z.enum(AUDIT_ACTIONS),
    subject: z.string().nullable().openapi({ description: "The id of the exclusion, the import or the report." }),
    stores_total: z.int().nullable().openapi({
      description: "How many stores it concerned; null if it is not about stores.",
    }),
    stores: z.array(z.string()).nullable().openapi({
      description: "The first 100, in the order of ids; null if they were too many to list.",
    }),
    for_any_store: z.boolean().openapi({ description: "Whether it may concern stores that are not listed." }),
    where: z.record(z.string(), z.array(z.string())).nullable().openapi({
      description: "The tags that chose the stores.",
    }),
    before: fields.openapi({ description: "The fields that changed, at most 64 kB: left_out names longer ones." }),
    after: fields,
  })),
  next_cursor: z.string().nullable(),
}).openapi("AuditPage");

/** `GET /audit` */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function audit({ sql }: HttpDeps) {
  const list = createRoute({
    method: "get",
    operationId: "listAudit",
    ...scope("read"),
    path: "/audit",
    tags: ["Service"],
    summary: "List who changed what, the latest change first",
    description:
      "One entry for each request or import that changed something. Live polls are not listed. Admins also see keys, " +
      "sign-in and refusals.",
    request: { query },
    responses: { 200: json(AuditPage, "A page of changes"), ...problems(422) },
  });
  return new OpenAPIHono<HttpEnv>().openapi(list, async (c) => {
    const { limit = PAGE, ...asked } = c.req.valid("query");
    const without = allows(principalOf(c).scopes, "admin") ? undefined : ACCESS_ACTIONS;
    const found = await listAudit(sql, { ...searchOf(asked), without, limit: Number(limit) + 1 });
    return c.json(page(found, Number(limit)), 200, { "Cache-Control": "no-store" });
  });
}

const Position = z.tuple([z.int().min(0).max(253_402_300_800_000_000), z.int().min(0)]);

function searchOf(
  { actor, action, store_id: storeId, since, until, cursor }: Omit<z.output<typeof query>, "limit">,
): Omit<AuditSearch, "limit"> {
  const [at, auditId] = decodeCursor(cursor, Position) ?? [];
  return {
    actor,
    action,
    storeId,
    since: since === undefined ? undefined : parseAsOf(since),
    until: until === undefined ? undefined : parseAsOf(until),
    after: at === undefined || auditId === undefined ? undefined : { at, auditId },
  };
}

function page(found: readonly AuditedChange[], limit: number): z.output<typeof AuditPage> {
  const changes = found.slice(0, limit);
  const last = found.length > limit ? changes.at(-1) : undefined;
  return {
    changes: changes.map(changeJson),
    next_cursor: last === undefined ? null : encodeCursor([last.at, last.auditId]),
  };
}

function changeJson(
  { auditId, at, requestId, storesTotal, storeIds, isForAnyStore, ...change }: AuditedChange,
): z.output<typeof AuditPage>["changes"][number] {
  const { actor, action, subject, before, after } = change;
  return {
    audit_id: auditId,
    at: formatInstant(at),
    actor,
    request_id: requestId,
    action,
    subject,
    stores_total: storesTotal,
    stores: storeIds === null ? null : [...storeIds],
    for_any_store: isForAnyStore,
    where: change.where && Object.fromEntries(Object.entries(change.where).map(([key, values]) => [key, [...values]])),
    before,
    after,
  };
}
