import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import type { Sql } from "../connection/client.ts";
import type { Report } from "./report.ts";
import { getReport } from "./reports.ts";

/** A listener to one report. */
export interface ReportListener {
  /** Gets the report now and after each change. May get the same state twice. */
  onReport(report: Report): void;
  /** No more events follow: the report was deleted, or the service stops. */
  onEnd(): void;
}

const CHANNEL = "storewatch_report";
const RETRY_MS = 1_000;

/**
 * Tells listeners how their reports stand. All of them share one connection that listens; a report that changed is read
 * once, however many watch it, and once for all the changes that came while it was being read.
 */
export class ReportEvents {
  readonly #sql: Sql;
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<ReportListener>>();
  /** Reports that are being read, and whether they have changed since. */
  readonly #reading = new Map<string, { stale: boolean }>();
  readonly #closing = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #listening: Promise<{ unlisten(): Promise<void> }> | undefined;

  /** Nothing is opened before the first subscription. */
  constructor(sql: Sql, log: Log) {
    this.#sql = sql;
    this.#log = log;
  }

  /** @returns ends the subscription, without a word to the listener */
  subscribe(reportId: string, listener: ReportListener): () => void {
    if (this.#closing.signal.aborted) {
      queueMicrotask(() => listener.onEnd());
      return () => {};
    }
    const listeners = this.#listeners.get(reportId) ?? new Set();
    this.#listeners.set(reportId, listeners.add(listener));
    this.#run(this.#listen().then(() => this.#refresh(reportId)));
    return () => this.#drop(reportId, listener);
  }

  /** Ends all subscriptions. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const reportId of [...this.#listeners.keys()]) this.#end(reportId);
    await Promise.all(this.#work);
    const listening = await this.#listening?.catch(() => undefined);
    await listening?.unlisten().catch(() => {});
  }

  #drop(reportId: string, listener: ReportListener): void {
    const listeners = this.#listeners.get(reportId);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(reportId);
  }

  #end(reportId: string): void {
    const listeners = this.#listeners.get(reportId) ?? [];
    this.#listeners.delete(reportId);
    for (const listener of listeners) listener.onEnd();
  }

  /** After a lost connection, postgres.js listens again and calls this, which reads what was missed. */
  #listen(): Promise<unknown> {
    this.#listening ??= this.#sql.listen(CHANNEL, (reportId) => this.#changed(reportId), () => this.#readAll());
    this.#listening.catch(() => this.#listening = undefined);
    return this.#listening;
  }

  #readAll(): void {
    for (const reportId of this.#listeners.keys()) this.#changed(reportId);
  }

  #changed(reportId: string): void {
    if (this.#listeners.has(reportId)) this.#run(this.#refresh(reportId));
  }

  async #refresh(reportId: string): Promise<void> {
    const running = this.#reading.get(reportId);
    if (running !== undefined) {
      running.stale = true;
      return;
    }
    const reading = { stale: true };
    this.#reading.set(reportId, reading);
    try {
      while (reading.stale && this.#listeners.has(reportId)) {
        reading.stale = false;
        await this.#tell(reportId).catch((error) => this.#retry(reading, error));
      }
    } finally {
      this.#reading.delete(reportId);
    }
  }

  async #tell(reportId: string): Promise<void> {
    const report = await getReport(this.#sql, reportId);
    if (report === undefined) return this.#end(reportId);
    for (const listener of [...this.#listeners.get(reportId) ?? []]) listener.onReport(report);
  }

  async #retry(reading: { stale: boolean }, error: unknown): Promise<void> {
    this.#log("warn", "report not read for its listeners", { error });
    await delay(RETRY_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
    reading.stale = true;
  }

  #run(work: Promise<void>): void {
    const logged = work.catch((error) => this.#log("warn", "cannot listen to reports", { error }))
      .finally(() => this.#work.delete(logged));
    this.#work.add(logged);
  }
}
