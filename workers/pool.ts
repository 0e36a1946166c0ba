import type { DatabaseAddress } from "../src/db/connection/client.ts";
import type { ZoneRules } from "../src/domain/time/zone_rules.ts";
import type { ComputeChunk } from "../src/report/chunk.ts";
import type { ComputeDays } from "../src/trends/days_task.ts";
import { type Done, fromPosted, type FromWorker, type Job, type ToWorker } from "./protocol.ts";
import { computingRights } from "./rights.ts";

/** The worker that had a job ended before it answered. */
export class WorkerDied extends Error {
  override name = "WorkerDied";
}

export interface PoolOptions {
  readonly workers: number;
  readonly address: DatabaseAddress;
  /** Each worker gets a copy, so that all have the same. */
  readonly zoneRules: ZoneRules;
  /** A worker that does not answer for so long counts as dead. */
  readonly patienceMs?: number;
  /** What the workers run. */
  readonly script?: URL;
  /** What the workers may do; only what {@linkcode SCRIPT} needs if not given. */
  readonly rights?: Deno.PermissionOptions;
}

interface Task {
  readonly job: Job;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly number: number;
  readonly thread: Worker;
  /** What it is working on. */
  task?: Task & { readonly timer: ReturnType<typeof setTimeout> };
}

const PATIENCE_MS = 5 * 60_000;
const SCRIPT = new URL("./chunk_worker.ts", import.meta.url);

/**
 * Web Workers that compute chunks of reports, and dates of trends while no chunk waits, each with a connection of its own. A worker that
 * dies is replaced, and the job that it had is rejected with `WorkerDied`. Threads start with the first job.
 */
export class WorkerPool {
  readonly #options: Required<PoolOptions>;
  readonly #members: Member[] = [];
  readonly #waiting: Task[] = [];
  /** What waits until no chunk does. */
  readonly #later: Task[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = { patienceMs: PATIENCE_MS, script: SCRIPT, rights: computingRights(options.address), ...options };
  }

  /** How many chunks are worth giving out at a time: no worker waits for the next one while a result is written. */
  get capacity(): number {
    return 2 * this.#options.workers;
  }

  readonly compute: ComputeChunk = async (chunk) => {
    const done = await this.#do({ kind: "chunk", chunk }, this.#waiting);
    return done.kind === "chunk" ? done.result : neverAsked(done);
  };

  readonly computeDays: ComputeDays = async (task) => {
    const done = await this.#do({ kind: "days", task }, this.#later);
    return done.kind === "days" ? done.months : neverAsked(done);
  };

  /** Whether any chunk is under way or waits. */
  get hasChunks(): boolean {
    return this.#waiting.length > 0 || this.#members.some(({ task }) => task?.job.kind === "chunk");
  }

  #do(job: Job, queue: Task[]): Promise<Done> {
    const { promise, resolve, reject } = Promise.withResolvers<Done>();
    queue.push({ job, resolve, reject });
    this.#handOut();
    return promise;
  }

  /** Starts the threads now, so that the first report need not wait for them. */
  warmUp(): void {
    while (this.#members.length < this.#options.workers) this.#members.push(this.#hire(this.#members.length + 1));
  }

  /** Ends all threads; jobs that are under way are rejected. */
  close(): void {
    this.#closed = true;
    for (const member of this.#members.splice(0)) this.#dismiss(member, "The pool was closed");
    for (const task of [...this.#waiting.splice(0), ...this.#later.splice(0)]) {
      task.reject(new WorkerDied("The pool was closed"));
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #handOut(): void {
    if (this.#closed) return this.close();
    this.warmUp();
    for (const member of this.#members.filter(({ task }) => task === undefined)) {
      const task = this.#waiting.shift() ?? this.#later.shift();
      if (task !== undefined) this.#give(member, task);
    }
  }

  #give(member: Member, task: Task): void {
    const giveUp = () => this.#replace(member, `Worker ${member.number} did not answer`);
    member.task = { ...task, timer: setTimeout(giveUp, this.#options.patienceMs) };
    tell(member.thread, task.job);
  }

  #hire(number: number): Member {
    const name = `chunk worker ${number}`;
    const thread = new Worker(this.#options.script, {
      type: "module",
      name,
      deno: { permissions: this.#options.rights },
    });
    const member: Member = { number, thread };
    thread.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#finish(member, data);
    thread.onerror = (event) => {
      event.preventDefault();
      this.#replace(member, `Worker ${number} died: ${event.message}`);
    };
    const { address, zoneRules } = this.#options;
    tell(thread, { kind: "open", worker: number, address, zoneRules });
    return member;
  }

  #finish(member: Member, answer: FromWorker): void {
    const { task } = member;
    if (task === undefined) return;
    delete member.task;
    clearTimeout(task.timer);
    if (answer.ok) task.resolve(answer.done);
    else task.reject(fromPosted(answer.error));
    this.#handOut();
  }

  #replace(member: Member, why: string): void {
    const index = this.#members.indexOf(member);
    if (index === -1) return;
    this.#members[index] = this.#hire(member.number);
    this.#dismiss(member, why);
    this.#handOut();
  }

  #dismiss({ thread, task }: Member, why: string): void {
    thread.terminate();
    clearTimeout(task?.timer);
    task?.reject(new WorkerDied(why));
  }
}

function neverAsked({ kind }: Done): never {
  throw new Error(`A worker answered with ${kind}, for which nobody asked`);
}

function tell(thread: Worker, message: ToWorker): void {
  thread.postMessage(message);
}
