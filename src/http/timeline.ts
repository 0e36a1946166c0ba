import { createRoute, OpenAPIHono, type z } from "@hono/zod-openapi";
import { formatInstant, parseAsOf, parseInstant } from "../domain/instant.ts";
import { DAY, type Interval } from "../domain/interval.ts";
import { DEFAULT_METHOD } from "../domain/method.ts";
import type { Piece } from "../domain/piece.ts";
import type { Uptime } from "../domain/report_row.ts";
import type { WindowPieces } from "../domain/timeline.ts";
import { isUnplaced, type StoreTimeline, storeTimeline, type TimelineDeps } from "../report/store_timeline.ts";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { Problem } from "./problem.ts";
import { json, problems } from "./schemas.ts";
import { TimelineJson, TimelineParams, TimelineQuery } from "./timeline_schemas.ts";
import { invalidParameters } from "./validation.ts";

/** More would take long to compute and longer to read. */
const LONGEST_SPAN = 366 * DAY;

/** `GET /stores/{store_id}/timeline`: what a store's numbers are made of. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function storeTimelines(deps: HttpDeps) {
  const route = createRoute({
    method: "get",
    path: "/stores/{store_id}/timeline",
    operationId: "showTimeline",
    tags: ["Data"],
    summary: "See what a store's numbers are made of",
    description: "Openings, polls, states and outages between from and to, or in the report's week, and their sums. " +
      "Lengths are whole microseconds; last_hour, last_day and last_week are exactly what a report of the same as_of " +
      "and method says of the store.",
    request: { params: TimelineParams, query: TimelineQuery },
    responses: { 200: json(TimelineJson, "The timeline"), ...problems(404, 409, 422) },
  });
  return new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { as_of, method = DEFAULT_METHOD, from, to } = c.req.valid("query");
    const storeId = c.req.valid("param").store_id;
    const request = { asOf: as_of === undefined ? undefined : parseAsOf(as_of), method };
    // The week ends where only the data know; a span that is asked for in part is completed from it.
    const week = await find(deps, storeId, request);
    if (from === undefined && to === undefined) return c.json(timelineJson(week), 200, NO_STORE);
    const found = await find(deps, storeId, { ...request, asOf: week.asOf, span: spanOf(week, from, to) });
    return c.json(timelineJson(found), 200, NO_STORE);
  });
}

const NO_STORE = { "Cache-Control": "no-store" };

async function find(
  deps: TimelineDeps,
  storeId: string,
  request: Parameters<typeof storeTimeline>[2],
): Promise<StoreTimeline> {
  // Postgres cannot keep a NUL in a text, so that no store has one in its id.
  const found = storeId.includes("\0") ? undefined : await storeTimeline(deps, storeId, request);
  if (found === undefined) throw new Problem("unknown-store", "No store has this id");
  if (isUnplaced(found)) throw new Problem("unknown-timezone", found.zoneError.message);
  return found;
}

function spanOf({ span, asOf }: StoreTimeline, from: string | undefined, to: string | undefined): Interval {
  const start = (from === undefined ? undefined : parseInstant(from)) ?? span.start;
  const end = (to === undefined ? undefined : parseInstant(to)) ?? span.end;
  const refuse = (parameter: string, value: string | undefined, reason: string) =>
    invalidParameters([{ parameter, value, reason }]);
  if (end > asOf) throw refuse("to", to, `must not be after as_of (${formatInstant(asOf)})`);
  if (start >= end) throw refuse("from", from, `must be before to (${formatInstant(end)})`);
  if (end - start > LONGEST_SPAN) throw refuse("from", from, "must be at most 366 days before to");
  return { start, end };
}

function timelineJson(found: StoreTimeline): z.output<typeof TimelineJson> {
  const { polls, used, windows } = found;
  const listened = new Set(used.instants);
  return {
    store_id: found.storeId,
    timezone: found.timezone.id,
    is_default_timezone: found.isDefaultTimezone,
    as_of: formatInstant(found.asOf),
    method: found.method,
    ...interval(found.span),
    openings: found.openings.map(interval),
    polls: Array.from(polls.instants, (instant, index) => ({
      timestamp_utc: formatInstant(instant),
      status: polls.active[index] === 1 ? "active" as const : "inactive" as const,
      used: listened.has(instant),
    })),
    states: found.pieces.map(pieceJson),
    outages: found.outages.map(({ inOpenings, ongoing, ...outage }) => ({
      ...interval(outage),
      downtime: inOpenings,
      ongoing,
    })),
    sum: sumJson(found.sum),
    last_hour: windowJson(windows.hour),
    last_day: windowJson(windows.day),
    last_week: windowJson(windows.week),
  };
}

function interval({ start, end }: Interval) {
  return { start: formatInstant(start), end: formatInstant(end) };
}

function pieceJson({ state, countsAs, source, ...piece }: Piece) {
  const poll = source === undefined ? null : formatInstant(source);
  return { ...interval(piece), state, counts_as: countsAs, length: piece.end - piece.start, poll };
}

function sumJson({ up, down }: Uptime) {
  return { uptime: up, downtime: down };
}

function windowJson({ window, sum }: WindowPieces) {
  return { ...interval(window), ...sumJson(sum) };
}
