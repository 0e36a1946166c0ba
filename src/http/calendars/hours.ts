import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { putHours } from "../../actions/calendar/put_hours.ts";
import { listVersions, type WeekVersion } from "../../db/calendars/hours.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { refuseOtherTag } from "../answers/preconditions.ts";
import { addTag, IfMatch, isKnown, notModified, tagged, tagOf } from "../answers/tagged_json.ts";
import { changeContext } from "../change_context.ts";
import { calendarBody } from "../kit/request_body.ts";
import { json, problems } from "../kit/schemas.ts";
import { dateIn, HoursBody, HoursJson, StoreParams } from "./calendar_schemas.ts";
import { needStore } from "./need_store.ts";

const query = z.strictObject({
  valid_from: dateIn.optional().openapi({ description: "The version that begins on this local date." }),
});

const PUT =
  "The hours replace the version that begins on valid_from and all later ones, as a file does. Without valid_from they have no beginning " +
  "and replace all versions. An empty list with valid_from: closed from then on. An empty list without it: no hours are known, and " +
  "the store is always open.";

/** `GET` and `PUT /stores/{store_id}/hours`. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function storeHours(deps: HttpDeps) {
  const { sql, limits } = deps;
  const show = createRoute({
    method: "get",
    operationId: "showHours",
    ...scope("read"),
    path: "/stores/{store_id}/hours",
    tags: ["Calendars"],
    summary: "Show a store's weekly hours in all versions",
    description: "With valid_from, the version that begins on this date alone. The ETag is that of all versions.",
    request: { params: StoreParams, query },
    responses: { 200: tagged(json(HoursJson, "The hours")), 304: notModified, ...problems(404, 412, 422) },
  });
  const put = createRoute({
    method: "put",
    operationId: "putHours",
    ...scope("manage"),
    path: "/stores/{store_id}/hours",
    tags: ["Calendars"],
    summary: "Put weekly hours from a date on",
    description: PUT,
    middleware: calendarBody(limits),
    request: {
      params: StoreParams,
      query,
      headers: IfMatch,
      body: { required: true, content: { "application/json": { schema: HoursBody } } },
    },
    responses: {
      200: tagged(json(HoursJson, "All versions that the store has now")),
      ...problems(400, 403, 404, 408, 412, 413, 415, 422),
    },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(show, async (c) => {
      const { store_id: storeId } = c.req.valid("param");
      const { valid_from: validFrom } = c.req.valid("query");
      const versions = await listVersions(sql, await needStore(sql, storeId));
      if (isKnown(c, tagOf(hoursJson(storeId, versions)))) return c.body(null, 304);
      const shown = validFrom === undefined ? versions : versions.filter((version) => version.validFrom === validFrom);
      return c.json(hoursJson(storeId, shown), 200);
    })
    .openapi(put, async (c) => {
      const { store_id: storeId } = c.req.valid("param");
      const { valid_from: validFrom } = c.req.valid("query");
      const hours = c.req.valid("json").hours.map(({ day, start_time_local: start, end_time_local: end }) => ({
        day,
        start,
        end,
      }));
      const check = (versions: readonly WeekVersion[]) => refuseOtherTag(c, tagOf(hoursJson(storeId, versions)));
      const answer = hoursJson(
        storeId,
        await putHours(changeContext(c, deps), storeId, { validFrom, hours, check }),
      );
      addTag(c, tagOf(answer));
      return c.json(answer, 200);
    });
}

function hoursJson(storeId: string, versions: readonly WeekVersion[]): z.output<typeof HoursJson> {
  return {
    store_id: storeId,
    versions: versions.map(({ validFrom = null, hours }) => ({
      valid_from: validFrom,
      hours: hours.map(({ day, start, end }) => ({ day, start_time_local: start, end_time_local: end })),
    })),
  };
}
