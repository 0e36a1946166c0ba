import { type Interval, without } from "../time/interval.ts";
import { excluded, type OpeningRules, openings } from "./opening_rules.ts";

/** When a store is meant to be open, and what is taken out of the count. Both are sorted and apart from each other. */
export interface Schedule {
  readonly openings: readonly Interval[];
  readonly exclusions: readonly Interval[];
}

/**
 * The schedule of a store within some spans of time.
 *
 * @param spans in the order of time, apart from each other
 */
export function schedule(rules: OpeningRules, spans: readonly Interval[]): Schedule {
  return {
    openings: spans.flatMap((span) => openings(rules, span)),
    exclusions: spans.flatMap((span) => excluded(rules, span)),
  };
}

/** The openings of a store within a span of time, without what is excluded. */
export function scheduledOpenings(rules: OpeningRules, span: Interval): readonly Interval[] {
  const { openings, exclusions } = schedule(rules, [span]);
  return exclusions.length === 0 ? openings : without(openings, exclusions);
}
