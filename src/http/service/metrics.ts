import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Sql } from "../../db/connection/client.ts";
import type { Log } from "../../log.ts";
import type { OpenCounts } from "../guard/open_counts.ts";
import { databaseMetrics } from "./database_metrics.ts";

export interface FinishedRequest {
  readonly method: string;
  /** The pattern, not the path: paths are without number. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What one app counts, in a registry of its own, so that two apps in one process do not mix. */
export interface Metrics {
  countRequest(request: FinishedRequest): void;
  countPolls(via: "file" | "live", polls: number): void;
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
}

interface MetricsDeps {
  readonly sql: Sql;
  readonly log: Log;
  readonly streams: OpenCounts;
}

/** Anybody may make up methods; a label must not have values without number. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function createMetrics({ sql, log, streams }: MetricsDeps): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["method", "route", "status"] as const;
  const requests = new Counter({
    name: "storewatch_http_requests_total",
    help: "Requests that were answered.",
    labelNames,
    registers,
  });
  const durations = new Histogram({
    name: "storewatch_http_request_duration_seconds",
    help: "From a request's arrival to the last byte of its answer.",
    labelNames,
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
    registers,
  });
  const polls = new Counter({
    name: "storewatch_polls_ingested_total",
    help: "Polls that were accepted, from files or live.",
    labelNames: ["via"],
    registers,
  });
  const memory = new Gauge({ name: "process_resident_memory_bytes", help: "Memory of this process.", registers });
  const openStreams = new Gauge({ name: "storewatch_event_streams", help: "Event streams that are open.", registers });
  const readDatabase = databaseMetrics(registry, sql, log);
  return {
    countRequest: ({ method: name, route, status, seconds }) => {
      const labels = { method: METHODS.has(name) ? name : "other", route, status: String(status) };
      requests.inc(labels);
      durations.observe(labels, seconds);
    },
    countPolls: (via, count) => polls.inc({ via }, count),
    text: async () => {
      memory.set(Deno.memoryUsage().rss);
      openStreams.set(streams.all);
      await readDatabase();
      return await registry.metrics();
    },
  };
}
