import { openings } from "./business_hours.ts";
import { type Interval, type Micros, overlap } from "./interval.ts";
import type { Method } from "./method.ts";
import { type Outage, outages } from "./outage.ts";
import { type Judgement, type Piece, pieces, sumOf } from "./piece.ts";
import { type Polls, pollsWhere, upTo } from "./poll.ts";
import { pollsUsed, type ReportRow, type StoreFacts, type Uptime } from "./report_row.ts";
import { stateChanges } from "./state.ts";
import { type Windows, windowsBefore } from "./window.ts";

/** One of a report's windows, with all that its numbers are made of. */
export interface WindowPieces {
  readonly window: Interval;
  readonly pieces: readonly Piece[];
  readonly sum: Uptime;
}

/** A store's time, told so that anybody can check a report's numbers by hand. */
export interface Timeline {
  readonly span: Interval;
  /** Within the span, as are the polls and the pieces. */
  readonly openings: readonly Interval[];
  /** All polls up to as-of. */
  readonly polls: Polls;
  /** Those of them that the method listens to. */
  readonly used: Polls;
  readonly pieces: readonly Piece[];
  readonly outages: readonly Outage[];
  readonly sum: Uptime;
  /** Of the report, whatever the span. */
  readonly windows: Record<keyof Windows, WindowPieces>;
}

export interface TimelineOptions {
  readonly asOf: Micros;
  readonly method: Method;
  /** The report's week if not given. It ends at as-of at the latest: of what comes after, nothing is known. */
  readonly span?: Interval | undefined;
}

/** Lays a store's time out: openings, polls, pieces, outages, and their sums. */
export function timeline(facts: StoreFacts, { asOf, method, span: asked }: TimelineOptions): Timeline {
  const windows = windowsBefore(asOf, method);
  const span = asked ?? windows.week;
  const used = pollsUsed(facts, asOf, method);
  const all = { start: Math.min(span.start, windows.week.start), end: Math.max(span.end, windows.week.end) };
  const judgement = {
    openings: openings(facts.hours, facts.timezone, all),
    changes: stateChanges(used, method),
    used,
    method,
  };
  const inSpan = (instant: Micros) => span.start <= instant && instant <= span.end;
  const found = pieces(judgement, span);
  return {
    span,
    openings: cut(judgement.openings, span),
    polls: pollsWhere(upTo(facts.polls, asOf), inSpan),
    used: pollsWhere(used, inSpan),
    pieces: found,
    outages: outages(judgement.openings, judgement.changes, { span, asOf }),
    sum: sumOf(found),
    windows: {
      hour: windowPieces(judgement, windows.hour),
      day: windowPieces(judgement, windows.day),
      week: windowPieces(judgement, windows.week),
    },
  };
}

/** The row that a report has for the store. */
export function rowOf({ windows: { hour, day, week } }: Timeline): ReportRow {
  return { hour: hour.sum, day: day.sum, week: week.sum };
}

function windowPieces(judgement: Judgement, window: Interval): WindowPieces {
  const found = pieces(judgement, window);
  return { window, pieces: found, sum: sumOf(found) };
}

function cut(openings: readonly Interval[], span: Interval): Interval[] {
  return openings.map((opening) => overlap(opening, span)).filter(({ start, end }) => start < end);
}
