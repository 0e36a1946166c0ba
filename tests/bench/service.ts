import type { DatabaseAddress } from "../../src/db/connection/client.ts";
import { environmentOf, type RunningTask } from "../support/run_task.ts";
import type { BenchContext } from "./context.ts";
import { timed } from "./measure.ts";
import { readProc } from "./proc.ts";
import { THIS_VERSION, type Version } from "./version.ts";

export interface ServiceOptions {
  readonly env?: Record<string, string>;
  readonly version?: Version;
}

/** A `start` in a process of its own, reached over HTTP as by any client. */
export class Service implements AsyncDisposable {
  readonly url: string;
  readonly #task: RunningTask;

  private constructor(task: RunningTask, url: string) {
    this.#task = task;
    this.url = url;
  }

  /** Starts one, and waits until it is ready. */
  static async start(
    context: BenchContext,
    address: DatabaseAddress,
    { env = {}, version = THIS_VERSION }: ServiceOptions = {},
  ): Promise<Service> {
    const place = { ...environmentOf(address), PORT: "0", REPORTS_DIR: context.reports };
    const task = context.own(() => version.startTask("start", [], { ...place, ...env }));
    const [, url = ""] = await task.says(/"listening","url":"([^"]+)"/);
    const service = new Service(task, url);
    await service.get("/readyz");
    return service;
  }

  /** Starts one that has made a report or two: all code is compiled, all connections are open. */
  static async startWarm(...args: Parameters<typeof Service.start>): Promise<Service> {
    const service = await Service.start(...args);
    for (let report = 0; report < WARMING_REPORTS; report++) await service.report();
    return service;
  }

  /** Milliseconds from asking for a report until it is complete. */
  report(query = ""): Promise<number> {
    return timed(async () => await this.complete(await this.trigger(query)));
  }

  /** Asks for a report. @returns its id */
  async trigger(query = ""): Promise<string> {
    const { report_id }: { report_id: string } = JSON.parse(await this.get(`/trigger_report${query}`));
    return report_id;
  }

  /** Whether it knows a method. If it does, it has made a report by it. */
  async knows(method: string): Promise<boolean> {
    const answer = await fetch(`${this.url}/trigger_report?method=${method}`);
    const { report_id }: { report_id?: string } = await answer.json();
    if (answer.status >= 500) throw new Error(`Whether ${method} is known was answered with ${answer.status}`);
    if (report_id !== undefined) await this.complete(report_id);
    return report_id !== undefined;
  }

  /** Waits until a report is complete: its event stream ends with that. */
  async complete(reportId: string): Promise<void> {
    const events = await this.get(`/reports/${reportId}/events`);
    if (!events.includes("\nevent: completed\n")) throw new Error(`Report ${reportId} was not made: ${events}`);
  }

  /** The lines of a report, without its header. */
  async lines(reportId: string): Promise<string[]> {
    return (await this.get(`/get_report/${reportId}?format=csv`)).trimEnd().split("\n").slice(1);
  }

  /** Fetches a path. @throws {Error} if the answer is no success */
  async get(path: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(this.url + path, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${text}`);
    return text;
  }

  /** The most memory that the process has had, in bytes. Known on Linux only, elsewhere NaN. */
  async peakMemory(): Promise<number> {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readProc(`${this.#task.pid}/status`)) ?? [];
    return Number(kilobytes) * 1024;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#task.kill("SIGTERM");
    await this.#task.ended();
  }
}

const WARMING_REPORTS = 3;
