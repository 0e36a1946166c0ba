import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { pollLimits } from "../../domain/polls/poll_limits.ts";
import { shown } from "../../ingest/faults/fault.ts";
import { ingestPolls, type LivePollsResult, MOST_REJECTS, type PollReject } from "../../ingest/live_polls.ts";
import type { Notice } from "../../db/imports/imports.ts";
import { Notices } from "../../ingest/faults/notice.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { bodyChunks, jsonBody, mediaType } from "../kit/request_body.ts";
import { json, PollIn, PollsIn, PollsJson, problems } from "../kit/schemas.ts";
import { textLines } from "../kit/text_lines.ts";

const NDJSON = "application/x-ndjson";
/** Lines of newline-delimited JSON that are merged at a time. */
const BATCH = 1_000;

/** `POST /polls`: a live feed. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function polls(deps: HttpDeps) {
  const { feed, limits, metrics, maxPollAhead } = deps;
  const route = createRoute({
    method: "post",
    operationId: "ingestPolls",
    path: "/polls",
    tags: ["Data"],
    summary: "Take in polls",
    description: "One poll, an array of polls, or a poll a line. A bad one is rejected, the others are taken in. " +
      "Sending the same ones again changes nothing. Lines are taken in by the thousand as they come.",
    middleware: [jsonBody(limits, NDJSON)] as const,
    request: {
      body: {
        content: { "application/json": { schema: PollsIn }, [NDJSON]: { schema: z.string() } },
      },
    },
    responses: { 200: json(PollsJson, "How many were taken in"), ...problems(400, 403, 408, 413, 415, 422) },
  });
  const routes = new OpenAPIHono<HttpEnv>();
  routes.openAPIRegistry.register("Poll", PollIn);
  return routes.openapi(route, async (c) => {
    const result = mediaType(c.req.raw) === NDJSON
      ? await ingestLines(deps, textLines(bodyChunks(c.req.raw, limits)))
      : await ingestPolls(feed, asList(c.req.valid("json")), pollLimits(Date.now() * 1000, maxPollAhead));
    metrics.countPolls("live", result.accepted);
    return c.json(pollsJson(result), 200, { "Cache-Control": "no-store" });
  });
}

function asList(polls: unknown): readonly unknown[] {
  return Array.isArray(polls) ? polls : [polls];
}

interface Line {
  readonly position: number;
  readonly poll: unknown;
}

async function ingestLines({ feed, maxPollAhead }: HttpDeps, lines: AsyncIterable<string>): Promise<LivePollsResult> {
  const total = new Total();
  const believed = pollLimits(Date.now() * 1000, maxPollAhead);
  let batch: Line[] = [];
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const position = total.received++;
    const poll = parse(line);
    if (poll === undefined) total.reject(notJson(position, line));
    else batch.push({ position, poll });
    if (batch.length < BATCH) continue;
    total.add(batch, await ingestPolls(feed, batch.map(({ poll }) => poll), believed));
    batch = [];
  }
  total.add(batch, await ingestPolls(feed, batch.map(({ poll }) => poll), believed));
  return total;
}

function notJson(position: number, line: string): PollReject {
  return { position, code: "not_json", column: undefined, value: shown(line), reason: "is not JSON" };
}

/** Adds up what became of batches. */
class Total implements LivePollsResult {
  received = 0;
  accepted = 0;
  rejected = 0;
  changed = 0;
  readonly rejects: PollReject[] = [];
  readonly #notices = new Notices();

  get notices(): Notice[] {
    return this.#notices.list();
  }

  add(batch: readonly Line[], { accepted, rejected, changed, rejects, notices }: LivePollsResult): void {
    this.accepted += accepted;
    this.rejected += rejected;
    this.changed += changed;
    const place = (position: number) => batch[position]?.position ?? -1;
    for (const reject of rejects) this.#keep({ ...reject, position: place(reject.position) });
    this.#notices.addAll(notices, place);
  }

  reject(reject: PollReject): void {
    this.rejected++;
    this.#keep(reject);
  }

  #keep(reject: PollReject): void {
    if (this.rejects.length < MOST_REJECTS) this.rejects.push(reject);
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function pollsJson(
  { received, accepted, rejected, changed, rejects, notices }: LivePollsResult,
): z.output<typeof PollsJson> {
  const first = rejects.toSorted((a, b) => a.position - b.position);
  return {
    received,
    accepted,
    rejected,
    changed,
    rejects: first.map(({ position, column = null, value = null, reason }) => ({ position, column, value, reason })),
    notices: notices.map(({ firstLine, ...notice }) => ({ ...notice, first_position: firstLine })),
  };
}
