import { at, type Polls } from "../polls/poll.ts";
import type { Micros } from "../time/interval.ts";
import { type Fingerprint, minus, plus } from "./fingerprint.ts";
import { pollsFingerprint } from "./poll_fingerprint.ts";

/** How many polls there are, and their fingerprint. */
export interface CountedPolls {
  readonly count: number;
  readonly fingerprint: Fingerprint;
}

/** Polls that came later than others, one after the other in time. */
export interface LatePolls {
  readonly count: number;
  readonly first: Micros;
  readonly last: Micros;
}

/**
 * Finds the polls that came later. The fingerprint of polls is a sum, so the difference is the fingerprint of the added polls. They are
 * found if they lie in one stretch of time, as after a gap, or if one changed a poll of the same instant.
 *
 * @returns undefined if the change is neither
 */
export function latePolls(now: Polls, then: CountedPolls): LatePolls | undefined {
  const added = now.instants.length - then.count;
  const difference = minus(pollsFingerprint(now, { first: 0, end: now.instants.length }), then.fingerprint);
  const first = added > 0 ? runWith(now, added, difference) : added === 0 ? changedPoll(now, difference) : undefined;
  if (first === undefined) return undefined;
  const count = Math.max(added, 1);
  return { count, first: at(now.instants, first), last: at(now.instants, first + count - 1) };
}

/** Where a run of so many polls with this fingerprint begins. */
function runWith(polls: Polls, count: number, fingerprint: Fingerprint): number | undefined {
  let sum = pollsFingerprint(polls, { first: 0, end: count });
  for (let first = 0;; first++) {
    if (sum === fingerprint) return first;
    if (first + count === polls.instants.length) return undefined;
    sum = plus(minus(sum, ofOne(polls, first)), ofOne(polls, first + count));
  }
}

/** The place of the poll whose other status makes the difference. */
function changedPoll(polls: Polls, difference: Fingerprint): number | undefined {
  const others = { ...polls, active: polls.active.map((status) => 1 - status) };
  for (let place = 0; place < polls.instants.length; place++) {
    if (minus(ofOne(polls, place), ofOne(others, place)) === difference) return place;
  }
  return undefined;
}

function ofOne(polls: Polls, first: number): Fingerprint {
  return pollsFingerprint(polls, { first, end: first + 1 });
}
