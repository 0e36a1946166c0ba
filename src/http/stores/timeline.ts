import { createRoute, OpenAPIHono, type z } from "@hono/zod-openapi";
import { formatDuration } from "../../domain/time/duration.ts";
import { formatInstant, parseInstant } from "../../domain/time/instant.ts";
import { DAY, type Interval } from "../../domain/time/interval.ts";
import type { Measures } from "../../domain/measures/measures.ts";
import type { ChooseSpan } from "../../domain/timeline.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import type { ExplainedPiece } from "../../domain/openings/why_not.ts";
import { isUnplaced, type StoreTimeline, storeTimeline } from "../../report/store_timeline.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { askedRequest } from "../parameters/report_parameters.ts";
import { Problem } from "../kit/problem.ts";
import { json, problems } from "../kit/schemas.ts";
import { TimelineJson, TimelineParams, TimelineQuery } from "./timeline_schemas.ts";
import { whyNotJson } from "./why_not_json.ts";
import { invalidParameters } from "../kit/validation.ts";

/** More would take long to compute and longer to read. */
const LONGEST_SPAN = 366 * DAY;

/** `GET /stores/{store_id}/timeline`: how a store's numbers are calculated. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function storeTimelines(deps: HttpDeps) {
  const route = createRoute({
    method: "get",
    path: "/stores/{store_id}/timeline",
    operationId: "showTimeline",
    ...scope("read"),
    tags: ["Data"],
    summary: "Show how a store's numbers are calculated",
    description:
      "Openings, polls, states and outages between from and to, or in the report's week, and their sums. Each state says " +
      "why it is not scheduled: closed, a special date, or an exclusion. " +
      "Lengths are whole microseconds; last_hour, last_day and last_week have every measure that a report of the " +
      "same as_of, method and stale_after has of the store.",
    request: { params: TimelineParams, query: TimelineQuery },
    responses: { 200: json(TimelineJson, "The timeline"), ...problems(404, 409, 422) },
  });
  return new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const { from, to, ...asked } = c.req.valid("query");
    const storeId = c.req.valid("param").store_id;
    const request = askedRequest(asked, deps);
    // Postgres cannot keep a NUL in a text, so that no store has one in its id.
    const found = storeId.includes("\0")
      ? undefined
      : await storeTimeline(deps, { storeId, request }, spanBetween(from, to));
    if (found === undefined) throw new Problem("unknown-store", "No store has this id");
    if (isUnplaced(found)) throw new Problem("unknown-timezone", found.zoneError.message);
    return c.json(timelineJson(found), 200, NO_STORE);
  });
}

const NO_STORE = { "Cache-Control": "no-store" };

/** If `from` or `to` is missing, the windows supply it. */
function spanBetween(from: string | undefined, to: string | undefined): ChooseSpan {
  return (all, asOf) => {
    const start = (from === undefined ? undefined : parseInstant(from)) ?? all.start;
    const end = (to === undefined ? undefined : parseInstant(to)) ?? all.end;
    const refuse = (parameter: string, value: string | undefined, reason: string) =>
      invalidParameters([{ parameter, value, reason }]);
    if (end > asOf) throw refuse("to", to, `must not be after as_of (${formatInstant(asOf)})`);
    if (start >= end) throw refuse("from", from, `must be before to (${formatInstant(end)})`);
    if (end - start > LONGEST_SPAN) throw refuse("from", from, "must be at most 366 days before to");
    return { start, end };
  };
}

function timelineJson(found: StoreTimeline): z.output<typeof TimelineJson> {
  const { polls, used, request } = found;
  const listened = new Set(used.instants);
  return {
    store_id: found.storeId,
    timezone: found.openingRules.timezone.id,
    is_default_timezone: found.stored.timezone === undefined,
    as_of: formatInstant(request.asOf),
    method: request.method,
    stale_after: formatDuration(request.staleAfter),
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
    sum: sumJson(found.measures),
    last_hour: windowJson(found, "last_hour"),
    last_day: windowJson(found, "last_day"),
    last_week: windowJson(found, "last_week"),
  };
}

function interval({ start, end }: Interval) {
  return { start: formatInstant(start), end: formatInstant(end) };
}

function pieceJson({ state, countsAs, source, whyNot, ...piece }: ExplainedPiece) {
  const poll = source === undefined ? null : formatInstant(source);
  const length = piece.end - piece.start;
  return { ...interval(piece), state, counts_as: countsAs, length, poll, not_scheduled: whyNotJson(whyNot) };
}

function sumJson({ up, down, ...others }: Measures) {
  return { uptime: up, downtime: down, ...others };
}

function windowJson({ windows }: StoreTimeline, name: WindowName) {
  const found = windows.find(({ window }) => window.name === name);
  if (found === undefined) throw new TypeError(`A timeline lacks the window ${name}, which its request names`);
  return { ...interval(found.window), ...sumJson(found.measures) };
}
