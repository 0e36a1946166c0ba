import { connect, type DatabaseAddress, type Sql } from "../../src/db/connection/client.ts";
import { openQueue } from "../../src/db/reports/queue.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { giveUp } from "../../src/db/reports/reports.ts";
import { createApp } from "../../src/http/app.ts";
import { serve } from "../../src/http/serve.ts";
import { silentLog } from "../../src/log.ts";
import { makeReport } from "../../src/report/make_report.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { RULES } from "./rules.ts";

/** All parts as `start` puts them together: a queue, workers, connections for the feed, and a port. */
export interface WholeService extends AsyncDisposable {
  readonly url: string;
  readonly sql: Sql;
}

export async function startWholeService(address: DatabaseAddress): Promise<WholeService> {
  const sql = connect(address, { name: "storewatch tests" });
  const feed = connect(address, { max: 4, name: "storewatch tests" });
  const reportsFolder = await Deno.makeTempDir({ prefix: "storewatch service " });
  const pool = new WorkerPool({ workers: 2, zoneRules: RULES, address });
  const queue = await openQueue(sql, silentLog);
  const events = new ReportEvents(sql, silentLog);
  const { compute, capacity: concurrency } = pool;
  const made = { tzdata: RULES.version, version: "test" };
  const deps = { sql, compute, concurrency, chunkSize: 1, reportsFolder, ...made, log: silentLog };
  await queue.work(async (id) => void await makeReport(deps, id), (id) => giveUp(sql, id, "interrupted"));
  const stop = new AbortController();
  const { promise: url, resolve: onListen } = Promise.withResolvers<string>();
  const app = createApp({ sql, feed, queue, events, log: silentLog, reportsFolder, version: "test", zoneRules: RULES });
  const finished = serve(app, {
    host: "127.0.0.1",
    port: 0,
    log: silentLog,
    signal: stop.signal,
    endStreams: () => events.close(),
    onListen,
  });
  return {
    url: await url,
    sql,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await finished;
      await queue.close();
      pool.close();
      // Not five seconds: postgres.js waits to the end for connections that were lost.
      await feed.end({ timeout: 1 });
      await sql.end({ timeout: 1 });
      await Deno.remove(reportsFolder, { recursive: true });
    },
  };
}
