import type { Queue } from "../../src/db/reports/queue.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { type App, createApp } from "../../src/http/app.ts";
import type { AppDeps, Limits } from "../../src/http/deps.ts";
import { jsonLog } from "../../src/log.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { makeReport, type ReportDeps } from "../../src/report/make_report.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { putStores, type TestStore } from "./fleet.ts";
import { RULES } from "./rules.ts";

/** The app on a database and a reports folder of its own. Reports are made when the test says so, in this thread. */
export interface TestService extends AsyncDisposable, TestDatabase {
  readonly app: App;
  readonly events: ReportEvents;
  readonly reportsFolder: string;
  /** Ids of reports whose job was sent. */
  readonly sent: string[];
  /** The lines of the log. */
  readonly lines: Record<string, unknown>[];
  /** Makes a requested report. */
  make(reportId: string, changes?: Partial<ReportDeps>): Promise<void>;
  /** Asks for a report over HTTP, and makes it. */
  report(query?: string): Promise<string>;
}

export const FLEET: readonly TestStore[] = [
  { id: "1000000000000000001", zone: "UTC", polls: ["08:00 active", "08:30 inactive", "09:00 active"] },
  { id: "1000000000000000002", polls: ["09:00 inactive"], hours: [[2, "00:00", "24:00"]] },
  { id: 'café "9", left', zone: "Asia/Kathmandu", polls: ["08:59:59.999999 active"] },
];

export async function openService(
  limits: Partial<Limits> = {},
  changes: Partial<AppDeps> = {},
): Promise<TestService> {
  const { zoneRules = RULES } = changes;
  const database = await openTestDatabase();
  const { sql } = database;
  await putStores(sql, FLEET);
  const reportsFolder = await Deno.makeTempDir({ prefix: "storewatch http " });
  const lines: Record<string, unknown>[] = [];
  const log = jsonLog((line) => lines.push(JSON.parse(line)));
  const sent: string[] = [];
  const events = new ReportEvents(sql, log);
  const opened = new AsyncDisposableStack();
  const app = createApp({
    sql,
    queue: listed(sent),
    events,
    log,
    reportsFolder,
    version: "test",
    zoneRules,
    limits,
    opened,
    ...changes,
  });
  const deps = {
    sql,
    compute: chunkComputer(sql, 0, zoneRules),
    concurrency: 1,
    chunkSize: 2,
    reportsFolder,
    tzdata: zoneRules.version,
    version: "test",
    log,
  };
  const make = async (reportId: string, changes: Partial<ReportDeps> = {}) =>
    void await makeReport({ ...deps, ...changes }, reportId);
  return {
    ...database,
    app,
    events,
    reportsFolder,
    sent,
    lines,
    make,
    report: async (query = "") => {
      const reportId = await trigger(app, query);
      await make(reportId);
      return reportId;
    },
    [Symbol.asyncDispose]: async () => {
      await events.close();
      await opened.disposeAsync();
      await database.close();
      await Deno.remove(reportsFolder, { recursive: true });
    },
  };
}

/** Asks for a report. @returns its id */
export async function trigger(app: App, query = ""): Promise<string> {
  const answer = await app.request(`/trigger_report${query}`, { method: "POST" });
  const { report_id } = await answer.json();
  if (typeof report_id !== "string") throw new Error(`No report was started: ${answer.status}`);
  return report_id;
}

/** A queue without workers. */
function listed(sent: string[]): Queue {
  return {
    send: (_tx, reportId) => Promise.resolve(void sent.push(reportId)),
    work: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** The members of an answer's JSON, whatever they are. */
export async function jsonOf(answer: Response): Promise<Record<string, unknown>> {
  const json: unknown = await answer.json();
  if (typeof json !== "object" || json === null) throw new TypeError("The answer is no object");
  return { ...json };
}

/** Reads an answer to its end, so that it holds nothing open. @returns its status */
export async function statusOf(answer: Response | Promise<Response>): Promise<number> {
  const { status, body } = await answer;
  await body?.cancel();
  return status;
}
