import { type Interval, type Micros, without } from "./time/interval.ts";
import type { Measures } from "./measures/measures.ts";
import type { Method } from "./method.ts";
import { at, countUpTo, type Polls } from "./polls/poll.ts";
import type { State, StateChange } from "./polls/state.ts";
import { statesInside } from "./measures/states_inside.ts";

/** A run of time that a method judges in one way. */
export interface Piece extends Interval {
  readonly state: State | "closed" | "excluded";
  /** Which of a report's numbers it is a part of. */
  readonly countsAs: "uptime" | "downtime" | "neither";
  /** The instant of the poll that says so; undefined where none does. */
  readonly source: Micros | undefined;
}

/** What a method makes of a store: when it was open, how its state changed, and the polls that tell it. */
export interface Judgement {
  readonly openings: readonly Interval[];
  readonly exclusions: readonly Interval[];
  readonly changes: readonly StateChange[];
  readonly used: Polls;
  readonly method: Method;
}

/** Cuts a span of time into its pieces, without a gap. Openings and exclusions must be known for all of it. */
export function pieces(judgement: Judgement, span: Interval): Piece[] {
  const judged = judgedPieces(judgement, span);
  const { exclusions } = judgement;
  return exclusions.length === 0 ? judged : judged.flatMap((piece) => withExclusions(piece, exclusions));
}

/** Cuts what is excluded out of a piece. Time that does not count anyway stays what it is. */
function withExclusions(piece: Piece, exclusions: readonly Interval[]): Piece[] {
  if (piece.state === "closed" && piece.countsAs === "neither") return [piece];
  const left = without([piece], exclusions);
  const excluded = without([piece], left);
  return [
    ...left.map((part): Piece => ({ ...piece, ...part })),
    ...excluded.map((part): Piece => ({ ...part, state: "excluded", countsAs: "neither", source: undefined })),
  ].sort((a, b) => a.start - b.start);
}

function judgedPieces(judgement: Judgement, span: Interval): Piece[] {
  const found: Piece[] = [];
  let from = span.start;
  const closedUntil = (end: Micros) => {
    if (from < end) found.push(closedPiece({ start: from, end }, judgement.method));
  };
  for (const { start, end, state } of statesInside(judgement.openings, judgement.changes, span)) {
    closedUntil(start);
    const source = state === "unobserved" ? undefined : sourceAt(judgement, start);
    found.push({ start, end, state, countsAs: countsAs(state, judgement.method), source });
    from = end;
  }
  closedUntil(span.end);
  return found;
}

/** The measures that pieces can be added up to. */
export type PieceSums = Pick<Measures, "scheduled" | "up" | "down" | "unknown">;

/** What some pieces add up to. */
export function sumOf(pieces: readonly Piece[]): PieceSums {
  const sum = { up: 0, down: 0, unknown: 0 };
  for (const { start, end, state, countsAs } of pieces) {
    if (countsAs === "uptime") sum.up += end - start;
    else if (countsAs === "downtime") sum.down += end - start;
    else if (state !== "closed" && state !== "excluded") sum.unknown += end - start;
  }
  return { scheduled: sum.up + sum.down + sum.unknown, ...sum };
}

function closedPiece(interval: Interval, { closed }: Method): Piece {
  return {
    ...interval,
    state: "closed",
    countsAs: closed === "uptime" ? "uptime" : "neither",
    source: undefined,
  };
}

function countsAs(state: State, { unobserved }: Method): Piece["countsAs"] {
  if (state === "up") return "uptime";
  if (state === "down") return "downtime";
  return unobserved === "uptime" ? "uptime" : "neither";
}

/** The poll that counts at an instant: the last one, or the nearest one (R39 at the midpoint). */
function sourceAt({ used: { instants }, method }: Judgement, instant: Micros): Micros | undefined {
  const next = countUpTo(instants, instant);
  const before = next === 0 ? undefined : at(instants, next - 1);
  if (method.pollSpeaksFor !== "30 minutes around") return before;
  const after = next === instants.length ? undefined : at(instants, next);
  if (before === undefined || after === undefined) return before ?? after;
  return after - instant <= instant - before ? after : before;
}
