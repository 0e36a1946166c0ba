import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { changeStore } from "../../actions/change_store.ts";
import type { StoreDetails } from "../../db/stores/store_details.ts";
import { refuseOtherTag } from "../answers/preconditions.ts";
import { addTag, IfMatch, tagged } from "../answers/tagged_json.ts";
import { changeContext } from "../change_context.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { calendarBody } from "../kit/request_body.ts";
import { json, problems } from "../kit/schemas.ts";
import { oneStore, storeTag } from "./one_store.ts";
import { StoreJson, StorePatch } from "./store_schemas.ts";

/** `PATCH /stores/{store_id}` */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function changeStores(deps: HttpDeps) {
  const change = createRoute({
    method: "patch",
    operationId: "changeStore",
    ...scope("manage"),
    path: "/stores/{store_id}",
    tags: ["Data"],
    summary: "Change a store's name, time zone, tags, sales or target",
    description: "What is not given stays. null removes. Tags are merged: name those alone that change.",
    middleware: calendarBody(deps.limits),
    request: {
      params: z.object({ store_id: z.string().openapi({ example: "8139926242460185114" }) }),
      headers: IfMatch,
      body: { required: true, content: { "application/json": { schema: StorePatch } } },
    },
    responses: {
      200: tagged(json(StoreJson, "The store as it is now")),
      ...problems(400, 403, 404, 408, 412, 413, 415, 422),
    },
  });
  return new OpenAPIHono<HttpEnv>().openapi(change, async (c) => {
    const { store_id: storeId } = c.req.valid("param");
    const { sales_per_hour: sales, target_percent: target, ...given } = c.req.valid("json");
    const check = (current: StoreDetails) => refuseOtherTag(c, storeTag(current));
    const changes = { ...given, salesPerHour: digitsOf(sales), targetPercent: digitsOf(target), check };
    await changeStore({ ...changeContext(c, deps), zoneRules: deps.zoneRules }, storeId, changes);
    const { json, etag } = await oneStore(deps, storeId);
    addTag(c, etag);
    return c.json(json, 200);
  });
}

/** Without an exponent. */
function digitsOf(number: number | null | undefined): string | null | undefined {
  return typeof number === "number"
    ? number.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 })
    : number;
}
