import { Gauge, Histogram, type Registry } from "prom-client";
import type { Sql } from "../../db/connection/client.ts";
import { countConnections, countReports, type FinishedChunk, finishedChunks } from "../../db/reports/counts.ts";
import { REPORT_STATUSES } from "../../db/reports/report.ts";
import type { Log } from "../../log.ts";
import { inTime } from "../guard/in_time.ts";

/** Prometheus itself waits for ten seconds. */
const PATIENCE_MS = 5_000;

/** Registers metrics from the database. @returns a function that reads them, for each request */
export function databaseMetrics(registry: Registry, sql: Sql, log: Log): () => Promise<void> {
  const registers = [registry];
  const up = new Gauge({
    name: "storewatch_database_up",
    help: "Whether the database answered; if not, what else comes from it is old.",
    registers,
  });
  new Gauge({
    name: "storewatch_database_pool_size",
    help: "Connections that this process may open for HTTP.",
    registers,
  }).set(sql.options.max);
  const collectors = [reportCounts(registry, sql), connectionCounts(registry, sql), chunkSeconds(registry, sql)];
  return async () => {
    try {
      await inTime(inTurn(collectors), PATIENCE_MS);
      up.set(1);
    } catch (error) {
      log("warn", "metrics without the database", { error });
      up.set(0);
    }
  };
}

async function inTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
  for (const work of works) await work();
}

function reportCounts(registry: Registry, sql: Sql): () => Promise<void> {
  const registers = [registry];
  const reports = new Gauge({
    name: "storewatch_reports",
    help: "Reports by status.",
    labelNames: ["state"],
    registers,
  });
  const queue = new Gauge({ name: "storewatch_queue_depth", help: "Reports in the queue.", registers });
  return async () => {
    const counts = new Map((await countReports(sql)).map(({ status, reports }) => [status, reports]));
    for (const status of REPORT_STATUSES) reports.set({ state: status }, counts.get(status) ?? 0);
    queue.set(counts.get("Started") ?? 0);
  };
}

function connectionCounts(registry: Registry, sql: Sql): () => Promise<void> {
  const connections = new Gauge({
    name: "storewatch_database_connections",
    help: "Connections to the database, by pool and by what they do.",
    labelNames: ["pool", "state"],
    registers: [registry],
  });
  return async () => {
    const counts = await countConnections(sql);
    connections.reset();
    for (const { pool, state, connections: count } of counts) connections.set({ pool, state }, count);
  };
}

/** A report may be committed so much later than it says that it was finished. */
const OVERLAP_SECONDS = 60;

/** The workers may be in other processes, so their times are read from the reports that were completed since last time. */
function chunkSeconds(registry: Registry, sql: Sql): () => Promise<void> {
  const chunks = new Histogram({
    name: "storewatch_chunk_seconds",
    help: "How long chunks of reports took, by phase.",
    labelNames: ["phase"],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const observe = ({ fetchMs, computeMs, writeMs }: FinishedChunk) => {
    chunks.observe({ phase: "fetch" }, fetchMs / 1000);
    chunks.observe({ phase: "compute" }, computeMs / 1000);
    chunks.observe({ phase: "write" }, writeMs / 1000);
  };
  let counted = new Set<string>();
  let lookedAt = performance.now();
  return async () => {
    const now = performance.now();
    const found = await finishedChunks(sql, (now - lookedAt) / 1000 + OVERLAP_SECONDS);
    found.filter(({ reportId }) => !counted.has(reportId)).forEach(observe);
    counted = new Set(found.map(({ reportId }) => reportId));
    lookedAt = now;
  };
}
