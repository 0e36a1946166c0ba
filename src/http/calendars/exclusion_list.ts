import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { type ExclusionSearch, listExclusions } from "../../db/calendars/exclusion_list.ts";
import type { StoredExclusion } from "../../db/calendars/exclusions.ts";
import { findKey } from "../../db/stores/stores.ts";
import { parseAsOf } from "../../domain/time/instant.ts";
import { isUuid } from "../../domain/uuid.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { cursorQuery, instantQuery, json, limitQuery, problems } from "../kit/schemas.ts";
import { whereQuery } from "../parameters/tag_filter.ts";
import { invalidParameters } from "../kit/validation.ts";
import { exclusionJson } from "./exclusion_json.ts";
import { ExclusionPage, kindQuery } from "./exclusion_schemas.ts";

const PAGE = 20;
const WITHDRAWN = "must be true or false";

const query = z.strictObject({
  store_id: z.string().optional().openapi({
    description: "Those that hold for a store, rules for all stores included.",
  }),
  where: whereQuery,
  kind: kindQuery,
  from: instantQuery.openapi({
    description: "Those that end after this. One in local time counts if it does in some zone.",
  }),
  to: instantQuery.openapi({ description: "Those that begin before this." }),
  withdrawn: z.enum(["true", "false"], { error: WITHDRAWN }).optional().openapi({
    description: "Withdrawn ones alone, or the others. Both if not given.",
  }),
  limit: limitQuery,
  cursor: cursorQuery,
});

/** `GET /exclusions` */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function exclusionList({ sql }: HttpDeps) {
  const list = createRoute({
    method: "get",
    operationId: "listExclusions",
    ...scope("read"),
    path: "/exclusions",
    tags: ["Calendars"],
    summary: "List exclusions, the one made last first",
    description: "Withdrawn ones too, unless withdrawn=false.",
    request: { query },
    responses: { 200: json(ExclusionPage, "A page of exclusions"), ...problems(422) },
  });
  return new OpenAPIHono<HttpEnv>().openapi(list, async (c) => {
    const { limit = PAGE, ...asked } = c.req.valid("query");
    if (asked.store_id !== undefined && await findKey(sql, asked.store_id) === undefined) {
      throw invalidParameters([{ parameter: "store_id", value: asked.store_id, reason: "is not the id of a store" }]);
    }
    const found = await listExclusions(sql, { ...searchOf(asked), limit: Number(limit) + 1 });
    return c.json(page(found, Number(limit)), 200, { "Cache-Control": "no-store" });
  });
}

const Position = z.tuple([z.int().min(0).max(253_402_300_800_000_000), z.string().refine(isUuid)]);

function searchOf(
  { store_id: storeId, where, kind, from, to, withdrawn, cursor }: Omit<z.output<typeof query>, "limit">,
): Omit<ExclusionSearch, "limit"> {
  const [madeAt, exclusionId] = decodeCursor(cursor, Position) ?? [];
  return {
    storeId,
    where,
    kind,
    from: from === undefined ? undefined : parseAsOf(from),
    to: to === undefined ? undefined : parseAsOf(to),
    isWithdrawn: withdrawn === undefined ? undefined : withdrawn === "true",
    after: madeAt === undefined || exclusionId === undefined ? undefined : { madeAt, exclusionId },
  };
}

function page(found: readonly StoredExclusion[], limit: number): z.output<typeof ExclusionPage> {
  const exclusions = found.slice(0, limit);
  const last = found.length > limit ? exclusions.at(-1) : undefined;
  return {
    exclusions: exclusions.map(exclusionJson),
    next_cursor: last === undefined ? null : encodeCursor([last.madeAt, last.exclusionId]),
  };
}
