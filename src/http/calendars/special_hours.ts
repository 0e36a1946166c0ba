import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { putSpecialHours } from "../../actions/calendar/put_special_hours.ts";
import { removeSpecialHours } from "../../actions/calendar/remove_special_hours.ts";
import {
  getSpecialDate,
  type HoldingDate,
  listSpecialDates,
  type SpecialDate,
} from "../../db/calendars/special_hours.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { refuseOtherTag } from "../answers/preconditions.ts";
import { addTag, IfMatch, isKnown, notModified, tagged, tagOf } from "../answers/tagged_json.ts";
import { changeContext } from "../change_context.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { Problem } from "../kit/problem.ts";
import { calendarBody } from "../kit/request_body.ts";
import { cursorQuery, json, limitQuery, problems } from "../kit/schemas.ts";
import { dateIn, SpecialHoursBody, SpecialHoursJson, SpecialHoursPage, StoreParams } from "./calendar_schemas.ts";
import { needStoreOrAll } from "./need_store.ts";

const FOR_ALL =
  "The store_id * stands for all stores, also for those that come later. A store's own special hours win over them.";
const PAGE = 20;

const params = StoreParams.extend({ date: dateIn });

/** What the operations of one date have in common. */
const one = { path: "/stores/{store_id}/special-hours/{date}" as const, tags: ["Calendars"] };

/** `GET /stores/{store_id}/special-hours`, and `GET`, `PUT` and `DELETE` of one date. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function specialHours(deps: HttpDeps) {
  const { sql, limits } = deps;
  const list = createRoute({
    method: "get",
    operationId: "listSpecialHours",
    ...scope("read"),
    path: "/stores/{store_id}/special-hours",
    tags: ["Calendars"],
    summary: "List the special hours that hold for a store, in the order of dates",
    description: `Its own, and for other dates the rules for all stores. ${FOR_ALL}`,
    request: {
      params: StoreParams,
      query: z.strictObject({
        from: dateIn.optional().openapi({ description: "The first date." }),
        limit: limitQuery,
        cursor: cursorQuery,
      }),
    },
    responses: { 200: json(SpecialHoursPage, "A page of dates"), ...problems(404, 422) },
  });
  const show = createRoute({
    ...one,
    method: "get",
    operationId: "showSpecialHours",
    ...scope("read"),
    summary: "Show a store's own special hours of a date",
    description: FOR_ALL,
    request: { params },
    responses: { 200: tagged(json(SpecialHoursJson, "The date")), 304: notModified, ...problems(404, 412, 422) },
  });
  const put = createRoute({
    ...one,
    method: "put",
    operationId: "putSpecialHours",
    ...scope("manage"),
    summary: "Put opening times of one date in place of the weekly ones",
    description: `Without openings, the store is closed all day. ${FOR_ALL}`,
    middleware: calendarBody(limits),
    request: {
      params,
      headers: IfMatch,
      body: { required: true, content: { "application/json": { schema: SpecialHoursBody } } },
    },
    responses: {
      200: tagged(json(SpecialHoursJson, "The date, which had special hours before")),
      201: tagged(json(SpecialHoursJson, "The date, which had none before")),
      ...problems(400, 403, 404, 408, 412, 413, 415, 422),
    },
  });
  const remove = createRoute({
    ...one,
    method: "delete",
    operationId: "removeSpecialHours",
    ...scope("manage"),
    summary: "Remove the special hours of a date",
    description: `The weekly hours hold again, or the rule for all stores. ${FOR_ALL}`,
    request: { params, headers: IfMatch },
    responses: { 204: { description: "They were removed" }, ...problems(403, 404, 412, 422) },
  });
  return new OpenAPIHono<HttpEnv>()
    .openapi(list, async (c) => {
      const { store_id: storeId } = c.req.valid("param");
      const key = await needStoreOrAll(sql, storeId);
      const { from, limit = PAGE, cursor } = c.req.valid("query");
      const after = decodeCursor(cursor, dateIn);
      const found = await listSpecialDates(sql, key, { from, after, limit: Number(limit) + 1 });
      return c.json(page(storeId, found, Number(limit)), 200, { "Cache-Control": "no-store" });
    })
    .openapi(show, async (c) => {
      const { store_id: storeId, date } = c.req.valid("param");
      const found = await getSpecialDate(sql, await needStoreOrAll(sql, storeId), date);
      if (found === undefined) throw new Problem("unknown-special-hours", "The store has none of its own on this date");
      const answer = specialJson(storeId, found);
      return isKnown(c, tagOf(answer)) ? c.body(null, 304) : c.json(answer, 200);
    })
    .openapi(put, async (c) => {
      const { store_id: storeId, date } = c.req.valid("param");
      const { openings, reason } = c.req.valid("json");
      const { special, isNew } = await putSpecialHours(changeContext(c, deps), { storeId, date }, {
        openings: openings.map(({ start_time_local: start, end_time_local: end }) => ({ start, end })),
        reason: reason ?? undefined,
        check: checkFor(c, storeId),
      });
      const answer = specialJson(storeId, special);
      addTag(c, tagOf(answer));
      return c.json(answer, isNew ? 201 : 200);
    })
    .openapi(remove, async (c) => {
      const { store_id: storeId, date } = c.req.valid("param");
      await removeSpecialHours(changeContext(c, deps), { storeId, date }, checkFor(c, storeId));
      return c.body(null, 204);
    });
}

/** Refuses a change of another state than the client means. */
function checkFor(c: Context<HttpEnv>, storeId: string): (current: SpecialDate | undefined) => void {
  return (current) => refuseOtherTag(c, current && tagOf(specialJson(storeId, current)));
}

function dateJson({ date, openings, reason }: SpecialDate) {
  return {
    date,
    openings: openings.map(({ start, end }) => ({ start_time_local: start, end_time_local: end })),
    reason: reason ?? null,
  };
}

function specialJson(storeId: string, special: SpecialDate): z.output<typeof SpecialHoursJson> {
  return { store_id: storeId, ...dateJson(special) };
}

function page(storeId: string, found: readonly HoldingDate[], limit: number): z.output<typeof SpecialHoursPage> {
  const dates = found.slice(0, limit);
  const last = found.length > limit ? dates.at(-1) : undefined;
  return {
    store_id: storeId,
    special_hours: dates.map((special) => ({ ...dateJson(special), for_all: special.isForAll })),
    next_cursor: last === undefined ? null : encodeCursor(last.date),
  };
}
