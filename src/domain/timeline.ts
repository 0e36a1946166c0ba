import { type Interval, type Micros, overlap } from "./time/interval.ts";
import type { Measures } from "./measures/measures.ts";
import { openings } from "./openings/opening_rules.ts";
import { type Outage, outages } from "./outage.ts";
import { type Judgement, type Piece, pieces, sumOf } from "./piece.ts";
import { type Polls, pollsWhere, upTo } from "./polls/poll.ts";
import type { Measuring } from "./report_request.ts";
import { stateChanges } from "./polls/state.ts";
import { pollsUsed, type StoreFacts } from "./measures/store_measures.ts";
import { spanOf, type Window, windowsBefore } from "./time/window.ts";

/** One of a report's windows, with the pieces of time that its measures are made of. */
export interface WindowPieces {
  readonly window: Window;
  readonly pieces: readonly Piece[];
  readonly measures: Measures;
}

/** A store's time in all detail, so that anybody can check a report's numbers by hand. */
export interface Timeline {
  readonly span: Interval;
  /** Within the span, as are the polls and the pieces. */
  readonly openings: readonly Interval[];
  /** All polls up to as-of. */
  readonly polls: Polls;
  /** Those of them that the method uses. */
  readonly used: Polls;
  readonly pieces: readonly Piece[];
  readonly outages: readonly Outage[];
  readonly measures: Measures;
  /** The request's windows, whatever the span. Their measures are the report's. */
  readonly windows: readonly WindowPieces[];
}

/** Chooses the span that a timeline shows, from the span of all windows and as-of. */
export type ChooseSpan = (all: Interval, asOf: Micros) => Interval;

/**
 * Lays a store's time out: openings, polls, pieces, outages, and their sums.
 *
 * @param choose the span to show, from that of all windows and as-of. It must not end after as-of.
 */
export function timeline(facts: StoreFacts, measuring: Measuring, choose: ChooseSpan = (all) => all): Timeline {
  const { asOf, method } = measuring;
  const windows = windowsBefore(measuring.windows, asOf, method);
  const span = choose(spanOf(windows), asOf);
  const used = pollsUsed(facts, asOf, method);
  const judgement = {
    openings: openings(facts.rules, spanOf([span, ...windows])),
    changes: stateChanges(used, method),
    used,
    method,
  };
  const inSpan = (instant: number) => span.start <= instant && instant <= span.end;
  const found = pieces(judgement, span);
  return {
    span,
    openings: cut(judgement.openings, span),
    polls: pollsWhere(upTo(facts.polls, asOf), inSpan),
    used: pollsWhere(used, inSpan),
    pieces: found,
    outages: outages(judgement.openings, judgement.changes, { span, asOf }),
    measures: sumOf(found),
    windows: windows.map((window) => windowPieces(judgement, window)),
  };
}

function windowPieces(judgement: Judgement, window: Window): WindowPieces {
  const found = pieces(judgement, window);
  return { window, pieces: found, measures: sumOf(found) };
}

function cut(openings: readonly Interval[], span: Interval): Interval[] {
  return openings.map((opening) => overlap(opening, span)).filter(({ start, end }) => start < end);
}
