import { cut, type Interval, type Micros, without } from "./time/interval.ts";
import type { Measures } from "./measures/measures.ts";
import { type Gap, gaps } from "./gap.ts";
import { type Outage, outages } from "./outage.ts";
import { type Piece, pieces } from "./piece.ts";
import { type Polls, pollsInside } from "./polls/poll.ts";
import { type Measuring, windowsBy } from "./report_request.ts";
import { stateChanges } from "./polls/state.ts";
import { measuresWithin } from "./measures/store_measures.ts";
import { type StoreFacts, storeTime } from "./measures/store_time.ts";
import { spanOf, type Window } from "./time/window.ts";

/** One of a report's windows, with the pieces of time that its measures are made of. */
export interface WindowPieces {
  readonly window: Window;
  readonly pieces: readonly Piece[];
  readonly gaps: readonly Gap[];
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
  readonly gaps: readonly Gap[];
  readonly measures: Measures;
  /** The request's windows, whatever the span. Their measures are the report's. */
  readonly windows: readonly WindowPieces[];
}

/** Chooses the span that a timeline shows, from the span of all windows and as-of. */
export type ChooseSpan = (all: Interval, asOf: Micros) => Interval;

/**
 * Lays a store's time out: openings, polls, pieces, outages, gaps, and their sums.
 *
 * @param choose the span to show, from that of all windows and as-of. It must not end after as-of.
 */
export function timeline(facts: StoreFacts, measuring: Measuring, choose: ChooseSpan = (all) => all): Timeline {
  const { asOf, method, staleAfter } = measuring;
  const windows = windowsBy(measuring)(facts.rules.timezone);
  const span = choose(spanOf(windows), asOf);
  const time = storeTime(facts, measuring, [spanOf([span, ...windows])]);
  const { openings, exclusions, known, used } = time;
  const judgement = { openings, exclusions, changes: stateChanges(used, method, staleAfter), used, method };
  const shown = [{ start: span.start, end: span.end + 1 }];
  const measuresOf = measuresWithin(time, [span, ...windows]);
  return {
    span,
    openings: cut(openings, span),
    polls: pollsInside(known, shown),
    used: pollsInside(used, shown),
    pieces: pieces(judgement, span),
    outages: outages(without(openings, exclusions), judgement.changes, { span, asOf }),
    gaps: gaps(time, span, asOf),
    measures: measuresOf(span),
    windows: windows.map((window) => ({
      window,
      pieces: pieces(judgement, window),
      gaps: gaps(time, window, asOf),
      measures: measuresOf(window),
    })),
  };
}
