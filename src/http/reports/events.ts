import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Report } from "../../db/reports/report.ts";
import { scope } from "../access/scope.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { needReport } from "./find_report.ts";
import { Problem } from "../kit/problem.ts";
import { isFinished, reportJson } from "./report_json.ts";
import { EXAMPLE_ID, problems } from "../kit/schemas.ts";

const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it connects again. */
const RECONNECT_MS = 2_000;

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store",
  // nginx would collect events otherwise.
  "X-Accel-Buffering": "no",
};

/** `GET /reports/{id}/events`: how a report gets on, as server-sent events. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function reportEvents({ sql, events, streams, clientOf }: HttpDeps) {
  const route = createRoute({
    method: "get",
    operationId: "followReport",
    ...scope("read"),
    path: "/reports/{report_id}/events",
    tags: ["Reports"],
    summary: "Follow a report",
    description:
      "Server-sent events: progress while the report is in progress, then one of completed, failed, cancelled. " +
      "The data of each is the report. The last event comes at once to those who come late.",
    request: { params: z.object({ report_id: z.string().openapi({ example: EXAMPLE_ID }) }) },
    responses: {
      200: { description: "The events", content: { "text/event-stream; charset=utf-8": { schema: z.string() } } },
      204: { description: "The client has the last event and should not reconnect." },
      ...problems(404, 429),
    },
  });
  return new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const report = await needReport(sql, c.req.valid("param").report_id);
    if (isFinished(report) && c.req.header("Last-Event-ID") === eventId(report)) return c.body(null, 204);
    if (c.req.method === "HEAD") return c.body(null, 200, HEADERS);
    const leave = streams.open(clientOf(c)) ?? tooManyStreams();
    return c.body(eventStream(events, report.reportId, leave), 200, HEADERS);
  });
}

function tooManyStreams(): never {
  throw new Problem("too-many-streams", "So many may not be open at a time", { headers: { "Retry-After": "10" } });
}

/** @param leave is called when the stream ends, however it ends */
function eventStream(
  events: HttpDeps["events"],
  reportId: string,
  leave: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let stop = leave;
  return new ReadableStream({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const end = () => {
        stop();
        controller.close();
      };
      let last = "";
      const onReport = (report: Report) => {
        const id = eventId(report);
        const isSkipped = !isFinished(report) && (controller.desiredSize ?? 0) < -MOST_WAITING;
        if (id === last || isSkipped) return;
        write(eventText(report, last = id));
        if (isFinished(report)) end();
      };
      const unsubscribe = events.subscribe(reportId, { onReport, onEnd: end });
      const heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
      stop = () => {
        clearInterval(heartbeat);
        unsubscribe();
        leave();
      };
      write(`retry: ${RECONNECT_MS}\n\n`);
    },
    cancel: () => stop(),
  });
}

/** Events that wait for a slow client; of those in between, it misses some, but never the last. */
const MOST_WAITING = 16;

function eventText(report: Report, id: string): string {
  const name = isFinished(report) ? report.status.toLowerCase() : "progress";
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(reportJson(report))}\n\n`;
}

/** The same for what a client cannot tell apart. */
function eventId({ status, storesDone, storesTotal }: Report): string {
  return `${status}-${storesDone}-${storesTotal ?? 0}`;
}
