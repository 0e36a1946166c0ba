import { type ClockChange, clockChanges } from "../../domain/time/clock_change.ts";
import { cut, HOUR, type Interval, type Micros, overlap } from "../../domain/time/interval.ts";
import type { Gap } from "../../domain/gap.ts";
import type { ExclusionNote, ExplainedPiece, SpecialDateNote } from "../../domain/openings/why_not.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import { at } from "../../domain/polls/poll.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";

/** A local date of a store, with its openings, pieces and polls. */
export interface Day extends Interval {
  readonly date: EpochDay;
  /** The part of the day that the timeline covers. */
  readonly inside: Interval;
  readonly openings: readonly Interval[];
  /** Undefined: the weekly hours hold. */
  readonly special: SpecialDateNote | undefined;
  readonly pieces: readonly ExplainedPiece[];
  readonly gaps: readonly DayGap[];
  readonly polls: readonly DayPoll[];
  readonly changes: readonly ClockChange[];
  /** 06, 12 and 18 o'clock, local time. On the day of a clock change their distances differ. */
  readonly marks: readonly Micros[];
}

/** A part of a gap that lies in one day. */
export interface DayGap extends Interval {
  readonly gap: Gap;
}

export interface DayPoll {
  readonly instant: Micros;
  readonly active: boolean;
  readonly used: boolean;
}

/** Cuts a timeline into the dates of the store's calendar, oldest first. A date that the zone skips is left out. */
export function daysOf(timeline: StoreTimeline): Day[] {
  const { openingRules: { timezone }, span } = timeline;
  const days: Day[] = [];
  for (let date = timezone.dateAt(span.start); date <= timezone.dateAt(span.end - 1); date++) {
    const day = { start: timezone.instantOf(date, 0), end: timezone.instantOf(date + 1, 0) };
    const marks = [6, 12, 18].map((hour) => timezone.instantOf(date, hour * HOUR));
    const special = timeline.notes.specialDates.get(date);
    if (day.start < day.end) days.push({ ...day, date, marks, special, ...happened(timeline, day) });
  }
  return days;
}

function happened(timeline: StoreTimeline, day: Interval): Omit<Day, "start" | "end" | "date" | "marks" | "special"> {
  const shared = (interval: Interval) => overlap(interval, day);
  const isSome = ({ start, end }: Interval) => start < end;
  return {
    inside: shared(timeline.span),
    openings: cut(timeline.openings, day),
    pieces: timeline.pieces.map((piece) => ({ ...piece, ...shared(piece) })).filter(isSome),
    gaps: timeline.gaps.flatMap((gap) => cut(gap.parts, day).map((part) => ({ ...part, gap }))),
    polls: pollsOn(timeline, day),
    changes: clockChanges(timeline.openingRules.timezone, day),
  };
}

function pollsOn({ polls: { instants, active }, used }: StoreTimeline, { start, end }: Interval): DayPoll[] {
  const listened = new Set(used.instants);
  return Array.from(instants, (instant, index) => ({
    instant,
    active: at(active, index) === 1,
    used: listened.has(instant),
  })).filter(({ instant }) => start <= instant && instant < end);
}

/** How much of a day was lost. */
export function lostOn({ pieces }: Day): Micros {
  return pieces.reduce((sum, { start, end, countsAs }) => sum + (countsAs === "downtime" ? end - start : 0), 0);
}

/** The exclusions of a day, each once. */
export function excludedOn({ pieces }: Day): ExclusionNote[] {
  const found = pieces.flatMap(({ whyNot }) => whyNot?.because === "exclusion" ? whyNot.exclusions : []);
  return [...new Set(found)];
}

/** How much of a day was not observed. */
export function withoutData({ gaps }: Day): Micros {
  return gaps.reduce((sum, { start, end }) => sum + (end - start), 0);
}
