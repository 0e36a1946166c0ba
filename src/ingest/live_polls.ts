import type { Sql } from "../db/connection/client.ts";
import { mergePolls, type StagedPoll } from "../db/polls/stage_polls.ts";
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

/** Rejects that are told; the others are only counted: each takes far more memory than the `1,` that it may be. */
export const MOST_REJECTS = 1_000;

/**
 * Takes in polls of the form `{store_id, status, timestamp_utc}`, all good ones in one transaction. Their values are read as
 * those of a file. They merge as those of a file do, whatever else adds polls at the same time; a bad one is rejected by itself.
 */
export async function ingestPolls(
  sql: Sql,
  polls: readonly unknown[],
  limits: PollLimits = pollLimits(Date.now() * 1000),
): Promise<LivePollsResult> {
  const notices = new Notices();
  const reader = new JsonPolls(notices, limits);
  const accepted: StagedPoll[] = [];
  const rejects: PollReject[] = [];
  for (const [position, item] of polls.entries()) {
    const poll = reader.read(item, position);
    if (!isFault(poll)) accepted.push(poll);
    else if (rejects.length < MOST_REJECTS) rejects.push({ position, ...poll });
  }
  const changed = accepted.length === 0 ? 0 : await mergePolls(sql, accepted);
  const [received, rejected] = [polls.length, polls.length - accepted.length];
  return { received, accepted: accepted.length, rejected, changed, rejects, notices: notices.list() };
}
