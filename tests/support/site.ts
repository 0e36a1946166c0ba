import { setTimeout as delay } from "node:timers/promises";
import { openQueue } from "../../src/db/reports/queue.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { createApp } from "../../src/http/app.ts";
import { serve } from "../../src/http/serve.ts";
import { silentLog } from "../../src/log.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { makeReport } from "../../src/report/make_report.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { RULES } from "./rules.ts";

/** The whole service behind a real port, on a database of its own. It works on reports, with small chunks. */
export interface Site extends AsyncDisposable, TestDatabase {
  readonly url: string;
  readonly reportsFolder: string;
  /** How long each chunk takes at least, in milliseconds: slow enough to watch. */
  slowness: number;
}

export async function openSite(): Promise<Site> {
  const database = await openTestDatabase();
  const { sql } = database;
  const reportsFolder = await Deno.makeTempDir({ prefix: "storewatch site " });
  const queue = await openQueue(sql, silentLog);
  const events = new ReportEvents(sql, silentLog);
  const app = createApp({ sql, queue, events, log: silentLog, reportsFolder, version: "test", zoneRules: RULES });
  const state = { slowness: 0 };
  const compute = chunkComputer(sql, 1, RULES);
  const deps = {
    sql,
    compute: async (chunk: Parameters<typeof compute>[0]) => (await delay(state.slowness), await compute(chunk)),
    concurrency: 1,
    chunkSize: 10,
    reportsFolder,
    tzdata: RULES.version,
    version: "test",
    log: silentLog,
  };
  await queue.work(async (reportId) => void await makeReport(deps, reportId), () => Promise.resolve());
  const stopping = new AbortController();
  const { promise: listening, resolve: onListen } = Promise.withResolvers<string>();
  const finished = serve(app, {
    host: "127.0.0.1",
    port: 0,
    log: silentLog,
    signal: stopping.signal,
    endStreams: () => events.close(),
    onListen,
  });
  return {
    ...database,
    url: await listening,
    reportsFolder,
    get slowness() {
      return state.slowness;
    },
    set slowness(ms: number) {
      state.slowness = ms;
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await finished;
      await queue.close();
      await database.close();
      await Deno.remove(reportsFolder, { recursive: true });
    },
  };
}
