import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { removeStore } from "../../actions/remove_store.ts";
import { listStores } from "../../db/stores/store_list.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { tagged } from "../answers/tagged_json.ts";
import { changeContext } from "../change_context.ts";
import { whereQuery } from "../parameters/tag_filter.ts";
import { oneStore } from "./one_store.ts";
import { instantOrNull, stateJson } from "./state_json.ts";
import type { StoreStateName } from "../../domain/store_state.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Problem } from "../kit/problem.ts";
import { cursorQuery, json, limitQuery, problems } from "../kit/schemas.ts";
import { stateQuery, StoreJson, StorePage } from "./store_schemas.ts";
import { roundedId } from "../../domain/rounded_id.ts";

/** Postgres cannot keep a NUL in a text, so that no store has one in its id. */
const storeText = z.string({ error: "must be given once" }).max(64, "must have at most 64 characters").refine(
  (text) => !text.includes("\0"),
  "must not contain a NUL",
);
const PAGE = 20;
const Q =
  "A part of the id, the name or a tag, in any letter case; blanks around it do not count. With a colon it finds a tag by " +
  "its key and the beginning of its value, such as region:we. A number that a spreadsheet rounded, such as " +
  "1.81420142949963E+18 or 1814201429499630000, finds the stores that it can mean.";

/** `GET /stores`, `GET /stores/{store_id}` and `DELETE /stores/{store_id}`. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function stores(deps: HttpDeps) {
  const list = createRoute({
    method: "get",
    operationId: "listStores",
    ...scope("read"),
    path: "/stores",
    tags: ["Data"],
    summary: "List stores in the order of their ids",
    description:
      "All stores, or those that match q, state and where. Each has its state at the latest poll of all stores.",
    request: {
      query: z.strictObject({
        q: z.string({ error: "must be given once" }).trim().pipe(storeText).optional().openapi({ description: Q }),
        state: stateQuery,
        where: whereQuery,
        limit: limitQuery,
        cursor: cursorQuery,
      }),
    },
    responses: { 200: json(StorePage, "A page of stores"), ...problems(422) },
  });
  const one = createRoute({
    method: "get",
    operationId: "showStore",
    ...scope("read"),
    path: "/stores/{store_id}",
    tags: ["Data"],
    summary: "Show a store's name, time zone, tags, hours and latest poll",
    description:
      "All data of a store except its older polls. The ETag stands for what PATCH can change: not for its hours, its state and its polls.",
    request: { params: z.object({ store_id: z.string().openapi({ example: "8139926242460185114" }) }) },
    responses: { 200: tagged(json(StoreJson, "The store")), ...problems(404) },
  });
  const remove = createRoute({
    method: "delete",
    operationId: "removeStore",
    ...scope("manage"),
    path: "/stores/{store_id}",
    tags: ["Data"],
    summary: "Remove a store that exists by mistake, with its polls, calendar, tags and zone",
    description: "Existing reports stay. A later file or poll with this id creates the store again.",
    request: { params: z.object({ store_id: z.string().openapi({ example: "8139926242460185114" }) }) },
    responses: { 204: { description: "It was removed" }, ...problems(403, 404) },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(list, async (c) => {
      const { q, state, where, limit = PAGE, cursor } = c.req.valid("query");
      const after = decodeCursor(cursor, storeText);
      const asked = { containing: q, state, where, after, limit: Number(limit) };
      return c.json(await page(deps, asked), 200, { "Cache-Control": "no-store" });
    })
    .openapi(one, async (c) => {
      const { json, etag } = await oneStore(deps, c.req.valid("param").store_id);
      return c.json(json, 200, { "ETag": etag, "Cache-Control": "no-store" });
    })
    .openapi(remove, async (c) => {
      const id = storeText.safeParse(c.req.valid("param").store_id);
      if (!id.success || !(await removeStore(changeContext(c, deps), id.data))) {
        throw new Problem("unknown-store", "No store has this id");
      }
      return c.body(null, 204);
    });
}

interface Asked {
  readonly containing: string | undefined;
  readonly state: StoreStateName | undefined;
  readonly where: TagFilter | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

async function page({ sql, states }: HttpDeps, asked: Asked): Promise<z.output<typeof StorePage>> {
  const { containing = "", state, where, after = "", limit } = asked;
  const view = await states.view();
  const among = state === undefined ? undefined : view.storesIn(state).map(({ storeKey }) => storeKey);
  const found = await listStores(sql, { containing, after, among, where, limit: limit + 1 });
  const stores = found.slice(0, limit);
  const last = found.length > limit ? stores.at(-1) : undefined;
  const shown = await states.withSince(view, stores.map(({ storeId }) => storeId));
  return {
    as_of: instantOrNull(view.asOf),
    states: view.counts(),
    stores: stores.map(({ storeId, name = null, timezone = DEFAULT_TIMEZONE, tags }) => ({
      store_id: storeId,
      name,
      timezone,
      tags: { ...tags },
      ...stateJson(shown.get(storeId)),
    })),
    next_cursor: last === undefined ? null : encodeCursor(last.storeId),
    rounded: roundedId(containing) !== undefined && stores.some(({ storeId }) => !storeId.includes(containing)),
  };
}
