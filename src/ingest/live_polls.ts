import type { Sql } from "../db/client.ts";
import { mergePolls, type StagedPoll } from "../db/stage_polls.ts";
import { type PollLimits, pollLimits } from "../domain/poll_limits.ts";
import { believable } from "./believable_polls.ts";
import type { Columns } from "./columns.ts";
import { type Fault, shown } from "./fault.ts";
import { Notices } from "./notice.ts";
import { isFault, pollReader, type RowReader } from "./row_readers.ts";

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
}

/** Rejects that are told; the others are only counted: each takes far more memory than the `1,` that it may be. */
export const MOST_REJECTS = 1_000;

const FIELDS = ["store_id", "status", "timestamp_utc"] as const;

const COLUMNS: Columns = {
  kind: "polls",
  width: FIELDS.length,
  found: FIELDS.map((name, index) => ({ name, index })),
};

/** The same rules as for the rows of a file. */
const readFields = pollReader(COLUMNS, new Notices());

/**
 * Takes in polls of the form `{store_id, status, timestamp_utc}`, all good ones in one transaction. They merge as those
 * of a file do, whoever else adds polls at the same time; a bad one is rejected by itself.
 */
export async function ingestPolls(
  sql: Sql,
  polls: readonly unknown[],
  limits: PollLimits = pollLimits(Date.now() * 1000),
): Promise<LivePollsResult> {
  const read = believable(readFields, COLUMNS, limits);
  const accepted: StagedPoll[] = [];
  const rejects: PollReject[] = [];
  for (const [position, item] of polls.entries()) {
    const poll = readPoll(item, read);
    if (!isFault(poll)) accepted.push(poll);
    else if (rejects.length < MOST_REJECTS) rejects.push({ position, ...poll });
  }
  const changed = accepted.length === 0 ? 0 : await mergePolls(sql, accepted);
  const received = polls.length;
  return { received, accepted: accepted.length, rejected: received - accepted.length, changed, rejects };
}

function readPoll(item: unknown, read: RowReader<StagedPoll>): StagedPoll | Fault {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return {
      code: "not_an_object",
      column: undefined,
      value: shown(JSON.stringify(item) ?? ""),
      reason: "is not an object",
    };
  }
  const fields: Record<string, unknown> = { ...item };
  const texts: string[] = [];
  for (const column of FIELDS) {
    const value = fields[column];
    if (typeof value !== "string") return notText(column, value);
    texts.push(value);
  }
  return read(texts, 0);
}

function notText(column: typeof FIELDS[number], value: unknown): Fault {
  if (value === undefined) return { code: "missing_field", column, value: undefined, reason: "is missing" };
  const isNumber = column === "store_id" && typeof value === "number";
  const reason = isNumber
    ? "is a number, but must be a string: ids of 19 digits do not fit a JSON number that is read as a double"
    : "is not a string";
  return { code: "not_a_string", column, value: shown(JSON.stringify(value)), reason };
}
