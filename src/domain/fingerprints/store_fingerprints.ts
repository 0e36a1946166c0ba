import type { StoreLabels } from "../measures/result.ts";
import type { StoreFacts } from "../measures/store_time.ts";
import type { Polls } from "../polls/poll.ts";
import type { Measuring } from "../report_request.ts";
import { calendarFingerprints } from "./calendar_fingerprint.ts";
import { type Fingerprint, Fingerprinting, plus, type StoreFingerprints } from "./fingerprint.ts";
import type { CountedPolls } from "./late_polls.ts";
import { type PollRun, pollsFingerprint } from "./poll_fingerprint.ts";
import { runsUsedBy } from "./runs_used.ts";

/** Takes the fingerprints of stores, for measures of one request. */
export function storeFingerprints(measuring: Measuring): (facts: StoreFacts) => StoreFingerprints {
  const [runsOf, calendarOf] = [runsUsedBy(measuring), calendarFingerprints(measuring)];
  return (facts) => {
    const { count, fingerprint } = ofRuns(facts.polls, runsOf(facts));
    return { pollsUsed: count, polls: fingerprint, calendar: calendarOf(facts.rules) };
  };
}

/** How many polls some runs have, and their fingerprint. */
export function ofRuns(polls: Polls, runs: readonly PollRun[]): CountedPolls {
  let [count, fingerprint] = [0, 0];
  for (const run of runs) {
    count += run.end - run.first;
    fingerprint = plus(fingerprint, pollsFingerprint(polls, run));
  }
  return { count, fingerprint };
}

/** What a text is about. */
const ID = 1;

/** What all stores of a report depend on. Sums of some stores and of others give those of all. */
export interface InputSums {
  readonly pollsUsed: number;
  readonly polls: Fingerprint;
  readonly calendars: Fingerprint;
  /** Of names, tags, targets and sales. */
  readonly labels: Fingerprint;
}

export const NO_INPUTS: InputSums = { pollsUsed: 0, polls: 0, calendars: 0, labels: 0 };

export function addInputs(a: InputSums, b: InputSums): InputSums {
  return {
    pollsUsed: a.pollsUsed + b.pollsUsed,
    polls: plus(a.polls, b.polls),
    calendars: plus(a.calendars, b.calendars),
    labels: plus(a.labels, b.labels),
  };
}

/** A store as a part of such a sum. Its id is in each fingerprint, so that two stores cannot change places. */
export function inputsOf(storeId: string, store: StoreFingerprints, labels: StoreLabels | undefined): InputSums {
  const id = new Fingerprinting(ID).text(storeId).value;
  return {
    pollsUsed: store.pollsUsed,
    polls: new Fingerprinting(id).number(store.polls).value,
    calendars: new Fingerprinting(id).number(store.calendar).value,
    labels: labels === undefined ? 0 : ofLabels(labels, id),
  };
}

function ofLabels({ name, tags, target_percent, sales_per_hour }: StoreLabels, id: Fingerprint): Fingerprint {
  return new Fingerprinting(id).text(name).text(tags).text(target_percent).text(sales_per_hour).value;
}
