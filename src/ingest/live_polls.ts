import type { Sql } from "../db/connection/client.ts";
import { mergePolls } from "../db/polls/merge_polls.ts";
import type { StagedPoll } from "../db/polls/stage_polls.ts";
import { type PollLimits, pollLimits } from "../domain/polls/poll_limits.ts";
import type { Fault } from "./faults/fault.ts";
import { JsonPolls } from "./json_polls.ts";
import type { Notice } from "../db/imports/imports.ts";
import { Notices } from "./faults/notice.ts";
import { isFault } from "./rows/row_readers.ts";

/** A live poll that was not taken in. */
export interface PollReject extends Fault {
  /** Its index among those that were sent, from 0. */
  readonly position: number;
}

export interface LivePollsResult {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Polls of the database that were added or altered. */
  readonly changed: number;
  /** The first of them. */
  readonly rejects: readonly PollReject[];
  readonly notices: readonly Notice[];
}

/** How many rejects are returned. Others are only counted: each takes far more memory than the `1,` that it may be. */
export const MOST_REJECTS = 1_000;

const NOT_TOLD: Fault = { code: "not_an_object", column: undefined, value: undefined, reason: "is not an object" };

function notOwn(storeId: string): Fault {
  return { code: "not_your_store", column: "store_id", value: storeId, reason: "is not a store that this key sees" };
}

/** Polls on their way in: each is read, good ones wait for a merge, the first bad ones are kept with their reasons. */
export class LivePolls {
  readonly #notices = new Notices();
  readonly #reader: JsonPolls;
  readonly #isOwn: (storeId: string) => boolean;
  readonly #rejects: PollReject[] = [];
  #waiting: StagedPoll[] = [];
  #received = 0;
  #accepted = 0;
  #changed = 0;

  /** @param isOwn which stores the polls may be of; undefined: all stores, and new ones */
  constructor(limits: PollLimits = pollLimits(Date.now() * 1000), isOwn: (storeId: string) => boolean = () => true) {
    this.#reader = new JsonPolls(this.#notices, limits);
    this.#isOwn = isOwn;
  }

  /** How many wait for a merge. */
  get waiting(): number {
    return this.#waiting.length;
  }

  take(item: unknown): void {
    if (this.hasEnoughRejects && typeof item !== "object") return this.reject(() => NOT_TOLD);
    const poll = this.#reader.read(item, this.#received);
    if (isFault(poll)) return this.reject(() => poll);
    if (!this.#isOwn(poll.storeId)) return this.reject(() => notOwn(poll.storeId));
    this.#received++;
    this.#accepted++;
    this.#waiting.push(poll);
  }

  /** @param why is asked for the first rejects only */
  reject(why: () => Fault): void {
    const position = this.#received++;
    if (this.hasEnoughRejects) return;
    this.#rejects.push({ position, ...why() });
  }

  /** Whether further rejects are only counted. */
  get hasEnoughRejects(): boolean {
    return this.#rejects.length >= MOST_REJECTS;
  }

  /** Merges what waits in one transaction, as polls of a file, also if others add polls at the same time. */
  async merge(sql: Sql): Promise<void> {
    const polls = this.#waiting;
    this.#waiting = [];
    if (polls.length > 0) this.#changed += await mergePolls(sql, polls);
  }

  result(): LivePollsResult {
    const [received, accepted] = [this.#received, this.#accepted];
    const [changed, rejects, notices] = [this.#changed, this.#rejects, this.#notices.list()];
    return { received, accepted, rejected: received - accepted, changed, rejects, notices };
  }
}

/** Takes in polls of the form `{store_id, status, timestamp_utc}`, all good ones in one transaction. */
export async function ingestPolls(sql: Sql, polls: readonly unknown[], limits?: PollLimits): Promise<LivePollsResult> {
  const live = new LivePolls(limits);
  for (const item of polls) live.take(item);
  await live.merge(sql);
  return live.result();
}
