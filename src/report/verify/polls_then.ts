import { minus } from "../../domain/fingerprints/fingerprint.ts";
import type { CountedPolls } from "../../domain/fingerprints/late_polls.ts";
import { pollsFingerprint } from "../../domain/fingerprints/poll_fingerprint.ts";
import { runsUsedBy } from "../../domain/fingerprints/runs_used.ts";
import { ofRuns } from "../../domain/fingerprints/store_fingerprints.ts";
import type { Result } from "../../domain/measures/result.ts";
import type { StoreFacts } from "../../domain/measures/store_time.ts";
import { METHODS } from "../../domain/method.ts";
import { instantOf, type Polls } from "../../domain/polls/poll.ts";
import type { Measuring } from "../../domain/report_request.ts";

/** The polls that a report used of a store, and how it measured that store. */
export interface PollsThen extends CountedPolls {
  readonly measuring: Measuring;
}

/** What a report's result says of the polls of a store. It used those around the windows of that time. */
export function pollsThen(measuring: Measuring, result: Result, row: number): PollsThen {
  const windows = measuring.windows.map((asked) => {
    const { from, to } = result.ends(asked.name) ?? {};
    if (from === undefined || to === undefined) return asked;
    return { name: asked.name, kind: "fixed" as const, start: from[row] ?? NaN, end: to[row] ?? NaN };
  });
  const { pollsUsed, polls } = result.fingerprints ?? {};
  return { count: pollsUsed?.[row] ?? NaN, fingerprint: polls?.[row] ?? NaN, measuring: { ...measuring, windows } };
}

/**
 * Whether polls that a report used of a store came, went or changed, whatever happened to the store's calendar.
 *
 * @param facts with all polls of the store
 */
export function haveChanged(facts: StoreFacts, then: PollsThen): boolean {
  const { measuring, count, fingerprint } = then;
  const now = ofRuns(facts.polls, runsUsedBy(measuring)(facts));
  if (now.count === count && now.fingerprint === fingerprint) return false;
  if (measuring.method.pollsUsed === "all") return true;
  // Openings decided which earlier polls count when windows begin, and openings may have changed.
  const inside = ofRuns(facts.polls, runsUsedBy({ ...measuring, method: METHODS.observed })(facts));
  const earlier = { count: count - inside.count, fingerprint: minus(fingerprint, inside.fingerprint) };
  if (earlier.count === 1) return !hasPoll(facts.polls, earlier.fingerprint);
  // There are two only if windows are far apart. This case is left out.
  return earlier.count < 1 && (earlier.count < 0 || earlier.fingerprint !== 0);
}

function hasPoll(polls: Polls, fingerprint: number): boolean {
  return polls.instants.some((_, first) => pollsFingerprint(polls, { first, end: first + 1 }) === fingerprint);
}

/** The polls of a store now that a report would use. */
export function usedNow({ polls, ...facts }: StoreFacts, { measuring }: PollsThen): Polls {
  const runs = runsUsedBy(measuring)({ ...facts, polls });
  const places = runs.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, at) => first + at));
  return {
    instants: Float64Array.from(places, (place) => instantOf(polls, place)),
    active: Uint8Array.from(places, (place) => polls.active[place] ?? 0),
  };
}
