import type { Polls } from "../polls/poll.ts";
import { type Fingerprint, fingerprintOf, highWord, lowWord, stir } from "./fingerprint.ts";

/** Some polls of a store: those from one place on, up to another one, which does not belong to them. */
export interface PollRun {
  readonly first: number;
  readonly end: number;
}

/** A poll of 1970 counts, too. */
const NO_ZERO = 0x7f4a7c15;

/** The fingerprint of some polls: the sum of theirs, so that it does not matter how they are stored. */
export function pollsFingerprint({ instants, active }: Polls, { first, end }: PollRun): Fingerprint {
  let [lowSum, highSum] = [0, 0];
  // No function for one poll, or for one number of a column: calls would take twice as long.
  for (let poll = first; poll < end; poll++) {
    const instant = instants[poll] ?? NaN;
    const high = (highWord(instant) << 1) | (active[poll] ?? 0);
    const low = stir(stir(lowWord(instant) + Math.imul(high ^ NO_ZERO, 0x9e3779b1), 0x85ebca6b), 0xc2b2ae35);
    lowSum = (lowSum + low) | 0;
    highSum = (highSum + stir(high ^ low, 0x27d4eb2f)) | 0;
  }
  return fingerprintOf(lowSum, highSum);
}
