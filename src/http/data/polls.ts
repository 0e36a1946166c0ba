import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { pollLimits } from "../../domain/polls/poll_limits.ts";
import { LivePolls, type LivePollsResult } from "../../ingest/live_polls.ts";
import { scope } from "../access/scope.ts";
import { changeContext } from "../change_context.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { bodyChunks, laterJson, mediaType } from "../kit/request_body.ts";
import { json, problems } from "../kit/schemas.ts";
import { PollIn, PollsIn, PollsJson } from "./poll_schemas.ts";
import { ownStores } from "./own_stores.ts";
import { takeJson, takeLines } from "./take_polls.ts";
import { textLines } from "../kit/text_lines.ts";

const NDJSON = "application/x-ndjson";

/** `POST /polls`: a live feed. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function polls(deps: HttpDeps) {
  const { feed, limits, metrics, maxPollAhead } = deps;
  const route = createRoute({
    method: "post",
    operationId: "ingestPolls",
    ...scope("ingest"),
    path: "/polls",
    tags: ["Data"],
    summary: "Add polls",
    description: "One poll, an array of polls, or one poll per line. Bad polls are rejected, the others are added. " +
      "Sending the same ones again changes nothing. Lines are taken in by the thousand as they come.",
    middleware: [laterJson(limits, NDJSON)] as const,
    request: {
      body: {
        content: { "application/json": { schema: PollsIn }, [NDJSON]: { schema: z.string() } },
      },
    },
    responses: { 200: json(PollsJson, "How many were taken in"), ...problems(400, 403, 408, 413, 415, 422) },
  });
  // Lines come as polls are made, which may be slowly.
  const ofLines = { ...limits, bodyBytesPerSecond: 0 };
  const routes = new OpenAPIHono<HttpEnv>();
  routes.openAPIRegistry.register("Poll", PollIn);
  return routes.openapi(route, async (c) => {
    const context = changeContext(c, { sql: feed });
    const live = new LivePolls(pollLimits(Date.now() * 1000, maxPollAhead), await ownStores(deps));
    if (mediaType(c.req.raw) === NDJSON) await takeLines(context, live, textLines(bodyChunks(c.req.raw, ofLines)));
    else await takeJson(context, live, c.get("jsonText") ?? "");
    const result = live.result();
    metrics.countPolls("live", result.accepted);
    return c.json(pollsJson(result), 200, { "Cache-Control": "no-store" });
  });
}

function pollsJson(
  { received, accepted, rejected, changed, rejects, notices }: LivePollsResult,
): z.output<typeof PollsJson> {
  return {
    received,
    accepted,
    rejected,
    changed,
    rejects: rejects.map(({ position, column = null, value = null, reason }) => ({ position, column, value, reason })),
    notices: notices.map(({ firstLine, ...notice }) => ({ ...notice, first_position: firstLine })),
  };
}
