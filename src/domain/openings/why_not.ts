import type { Actor } from "../actor.ts";
import { weekdayOf } from "../time/date.ts";
import { hoursOn } from "./business_hours.ts";
import { type Exclusion, exclusionAt, type ExclusionKind } from "./exclusion.ts";
import { openingOn, WHOLE_DATE } from "./opening_time.ts";
import type { OpeningRules } from "./opening_rules.ts";
import type { Piece } from "../piece.ts";
import { type Interval, type Micros, overlap } from "../time/interval.ts";
import type { EpochDay } from "../time/timezone.ts";

/** A date with opening times of its own, and why. */
export interface SpecialDateNote {
  readonly date: EpochDay;
  readonly reason: string | undefined;
  /** Whether it is a rule for all stores. */
  readonly isForAll: boolean;
}

/** An exclusion, and why somebody made it. */
export interface ExclusionNote extends Exclusion {
  readonly exclusionId: string;
  readonly kind: ExclusionKind;
  readonly reason: string;
  readonly madeBy: Actor;
  /** Whether it is a rule for all stores. */
  readonly isForAll: boolean;
}

/** What people wrote into a store's calendar, beside the times that count. */
export interface CalendarNotes {
  /** Those that hold for the store. */
  readonly specialDates: ReadonlyMap<EpochDay, SpecialDateNote>;
  readonly exclusions: readonly ExclusionNote[];
}

/** Why a store is not meant to be open. */
export type WhyNot =
  | { readonly because: "closed" }
  | { readonly because: "special_date"; readonly specialDate: SpecialDateNote }
  | { readonly because: "exclusion"; readonly exclusions: readonly ExclusionNote[] };

/** A piece of time, and why it is not scheduled; undefined if the store is meant to be open. */
export interface ExplainedPiece extends Piece {
  readonly whyNot: WhyNot | undefined;
}

const CLOSED: WhyNot = { because: "closed" };

/**
 * Says of each piece why it is not scheduled. A piece with several reasons one after the other becomes several pieces: they add up to the
 * same sums.
 */
export function explained(pieces: readonly Piece[], rules: OpeningRules, notes: CalendarNotes): ExplainedPiece[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return [];
  const special = specialStretches(rules, notes, { start: first.start, end: last.end });
  const excluded = notes.exclusions.map((note) => ({ ...exclusionAt(note, rules.timezone), note }));
  return joined(pieces.flatMap((piece) => {
    if (piece.state === "closed") return cutAt(piece, special, whyClosed);
    if (piece.state === "excluded") return cutAt(piece, excluded, whyExcluded);
    return [{ ...piece, whyNot: undefined }];
  }));
}

/** Makes one of pieces side by side that are not scheduled for one reason. */
function joined(pieces: readonly ExplainedPiece[]): ExplainedPiece[] {
  const found: ExplainedPiece[] = [];
  for (const piece of pieces) {
    const before = found.at(-1);
    if (before !== undefined && isOneStretch(before, piece)) found[found.length - 1] = { ...before, end: piece.end };
    else found.push(piece);
  }
  return found;
}

function isOneStretch(a: ExplainedPiece, b: ExplainedPiece): boolean {
  if (a.whyNot === undefined || b.whyNot === undefined) return false;
  return a.state === b.state && a.countsAs === b.countsAs && isSame(a.whyNot, b.whyNot);
}

/** A stretch of time with a note. */
interface Noted<Note> extends Interval {
  readonly note: Note;
}

/** The stretch that stands first decides. */
function whyClosed([specialDate]: readonly SpecialDateNote[]): WhyNot {
  return specialDate === undefined ? CLOSED : { because: "special_date", specialDate };
}

function whyExcluded(exclusions: readonly ExclusionNote[]): WhyNot {
  return { because: "exclusion", exclusions };
}

/** Cuts a piece where the notes about it change. */
function cutAt<Note>(
  piece: Piece,
  stretches: readonly Noted<Note>[],
  why: (notes: readonly Note[]) => WhyNot,
): ExplainedPiece[] {
  const about = stretches.filter(({ start, end }) => start < piece.end && end > piece.start && start < end);
  const ends = about.flatMap(({ start, end }) => [start, end]).filter((at) => piece.start < at && at < piece.end);
  const cuts = [...new Set([piece.start, ...ends])].sort((a, b) => a - b);
  return cuts.map((start, index) => {
    const notes = about.filter((stretch) => stretch.start <= start && start < stretch.end).map(({ note }) => note);
    return { ...piece, start, end: cuts[index + 1] ?? piece.end, whyNot: why(notes) };
  });
}

function isSame(a: WhyNot, b: WhyNot): boolean {
  if (a.because === "special_date" && b.because === "special_date") return a.specialDate === b.specialDate;
  if (a.because === "exclusion" && b.because === "exclusion") {
    return a.exclusions.length === b.exclusions.length &&
      a.exclusions.every((each, index) => each === b.exclusions[index]);
  }
  return a.because === b.because;
}

/**
 * The time that special dates decide: each such date from midnight to midnight, and what its usual hours would have had of the next date,
 * unless that is special itself.
 */
function specialStretches(
  rules: OpeningRules,
  { specialDates }: CalendarNotes,
  span: Interval,
): Noted<SpecialDateNote>[] {
  const { timezone } = rules;
  const [first, last] = [timezone.dateAt(span.start) - 2, timezone.dateAt(span.end) + 1];
  const near = [...specialDates.values()].filter(({ date }) => first <= date && date <= last);
  const whole = near.map((note) => ({ start: midnight(rules, note.date), end: midnight(rules, note.date + 1), note }));
  const after = near.flatMap((note) =>
    usualOpenings(rules, note.date)
      .map((opening) => overlap(opening, { start: midnight(rules, note.date + 1), end: Infinity }))
      .map((part) => ({ ...part, note }))
  );
  // In this order: of two notes about one time, that of the date itself comes first.
  return [...whole, ...after];
}

function midnight({ timezone }: OpeningRules, date: EpochDay): Micros {
  return timezone.instantOf(date, 0);
}

/** The openings that would begin on a date if it were not special. */
function usualOpenings({ versions, timezone }: OpeningRules, date: EpochDay): Interval[] {
  const hours = hoursOn(versions, date);
  const times = hours === undefined ? WHOLE_DATE : hours.filter(({ day }) => day === weekdayOf(date));
  return times.map((time) => openingOn(date, time, timezone));
}
