import { setTimeout as delay } from "node:timers/promises";
import { formatInstant } from "../../src/domain/time/instant.ts";
import { SECOND } from "../../src/domain/time/interval.ts";
import type { Bench } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { during } from "./load_generator.ts";
import { median, quantile, spread, timed } from "./measure.ts";
import { Service } from "./service.ts";

const PAUSE_MS = 5;

interface Body {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

/** By how much a large body delays other requests. */
export const largeBodies: Bench = {
  id: "B12",
  name: "/healthz while a body of 16 MB is taken in",
  async run(context) {
    await using fleet = await context.fleet({ stores: 200, days: 1 });
    await using service = await Service.startWarm(context, fleet.address);
    const measures = [];
    const detail: Record<string, number> = {};
    for (const body of bodies(fleet, context.options.bodyBytes)) {
      const longest: number[] = [];
      const all: number[] = [];
      const took: number[] = [];
      for (let run = 0; run < context.options.runs; run++) {
        const sending = timed(() => send(service, body));
        const answered = await during(sending, (signal) => askAgainAndAgain(service, signal));
        longest.push(Math.max(...answered));
        all.push(...answered);
        took.push(await sending);
      }
      measures.push({
        name: `longest beside ${body.name}`,
        unit: "ms" as const,
        value: median(longest),
        ...spread(longest),
        goal: { most: 50 },
      });
      detail[`${body.name}: p95 ms`] = quantile(all, 0.95);
      detail[`${body.name}: taken in after ms`] = median(took);
    }
    return { measures, detail };
  },
};

function bodies({ asOf }: Fleet, bytes: number): Body[] {
  const filled = filling(bytes);
  const poll = (index: number) =>
    JSON.stringify({
      store_id: `store ${index % 200}`,
      status: index % 7 === 0 ? "inactive" : "active",
      timestamp_utc: formatInstant(asOf - index * SECOND),
    });
  const polls = { path: "/polls", type: "application/json" };
  const lines = { path: "/polls", type: "application/x-ndjson" };
  return [
    { name: "an array of polls", ...polls, body: `[${filled(poll, ",")}]` },
    { name: "an array of numbers", ...polls, body: `[${filled(() => "1", ",")}]` },
    { name: "lines of polls", ...lines, body: filled(poll, "\n") },
    { name: "short bad lines", ...lines, body: filled(() => "x", "\n") },
    { name: "long bad lines", ...lines, body: filled(() => `{"store_id":"${"x".repeat(50)}"`, "\n") },
    {
      name: "a trigger with unknown keys",
      path: "/trigger_report",
      type: "application/json",
      body: `{${filled((index) => `"key ${index}":${index}`, ",")}}`,
    },
  ];
}

/** @returns a function that joins as many pieces as fit in so many bytes */
function filling(bytes: number): (piece: (index: number) => string, between: string) => string {
  return (piece, between) => {
    const pieces: string[] = [];
    for (let index = 0, length = 0;; index++) {
      const next = piece(index);
      length += next.length + between.length;
      if (length > bytes) return pieces.join(between);
      pieces.push(next);
    }
  };
}

/** Whatever the answer is. */
async function send(service: Service, { path, type, body }: Body): Promise<void> {
  const answer = await fetch(service.url + path, { method: "POST", headers: { "Content-Type": type }, body });
  await answer.arrayBuffer();
}

/** @returns how long each took, in milliseconds */
async function askAgainAndAgain(service: Service, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  do {
    times.push(await timed(() => service.get("/healthz")));
    await delay(PAUSE_MS);
  } while (!signal.aborted);
  return times;
}
