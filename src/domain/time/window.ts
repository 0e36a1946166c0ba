import type { Method } from "../method.ts";
import type { AskedWindow, CurrentWindow, DatesWindow, WindowName } from "./asked_window.ts";
import { mondayOf, monthOf, sameDayOfMonthBefore } from "./date.ts";
import { DAY, HOUR, type Interval, type Micros } from "./interval.ts";
import type { EpochDay, Timezone } from "./timezone.ts";

/** A named interval that a report measures. It is empty, and ends where it starts, if it would begin at or after its end. */
export interface Window extends Interval {
  readonly name: WindowName;
}

/** What decides when windows end, beside their names. */
export interface Ending {
  readonly asOf: Micros;
  readonly method: Pick<Method, "windowsEnd">;
}

/** When a window is, by a calendar. A date begins at its 00:00, as `Timezone.instantOf` finds it. */
export function windowAt(asked: AskedWindow, ending: Ending, calendar: Timezone): Window {
  const latest = latestEnd(ending);
  const span = asked.isPrevious ? spanBefore(asked, latest, calendar) : spanOfForm(asked, latest, calendar);
  return { name: asked.name, ...cutAt(span, latest) };
}

/** Windows end here at the latest: at as-of, or at the full hour at or before it. */
function latestEnd({ asOf, method }: Ending): Micros {
  return method.windowsEnd === "as-of" ? asOf : Math.floor(asOf / HOUR) * HOUR;
}

function cutAt({ start, end }: Interval, latest: Micros): Interval {
  return { start, end: Math.max(start, Math.min(end, latest)) };
}

/** The whole of a window, also what is later than as-of. */
function spanOfForm(asked: AskedWindow, latest: Micros, calendar: Timezone): Interval {
  if (asked.kind === "fixed") return asked;
  if (asked.kind === "elapsed") return { start: latest - asked.length, end: latest };
  return spanOfDates(datesOf(asked, calendar.dateAt(latest)), calendar);
}

/**
 * The span that a window is compared with: the same length just before it, or the dates before its dates. If as-of cuts the window short,
 * they end at the same local time.
 */
function spanBefore(asked: AskedWindow, latest: Micros, calendar: Timezone): Interval {
  if (asked.kind === "fixed" || asked.kind === "elapsed") {
    const { start, end } = cutAt(spanOfForm(asked, latest, calendar), latest);
    return { start: start - (end - start), end: start };
  }
  const dates = datesOf(asked, calendar.dateAt(latest));
  const before = spanOfDates({ first: firstBefore(dates), end: dates.first }, calendar);
  const isCut = calendar.instantOf(dates.end, 0) > latest;
  return isCut ? cutAt(before, movedBack(latest, dates, calendar)) : before;
}

function spanOfDates({ first, end }: Pick<DatesWindow, "first" | "end">, calendar: Timezone): Interval {
  return { start: calendar.instantOf(first, 0), end: calendar.instantOf(end, 0) };
}

function firstBefore({ first, end, unit }: DatesWindow): EpochDay {
  return unit === "month" ? monthOf(first, -1) : first - (end - first);
}

/** The same local time as at an instant, as many dates or a month earlier. */
function movedBack(instant: Micros, { first, end, unit }: DatesWindow, calendar: Timezone): Micros {
  const date = calendar.dateAt(instant);
  const timeOfDay = instant + calendar.offsetAt(instant) - date * DAY;
  return calendar.instantOf(unit === "month" ? sameDayOfMonthBefore(date) : date - (end - first), timeOfDay);
}

/** The dates of a window. Today, this week and this month have today's date; `back` counts days, weeks or months before. */
function datesOf(asked: DatesWindow | CurrentWindow, today: EpochDay): DatesWindow {
  if (asked.kind === "dates") return asked;
  const { unit, back } = asked;
  if (unit === "month") return { kind: "dates", first: monthOf(today, -back), end: monthOf(today, 1 - back), unit };
  const [length, current] = unit === "day" ? [1, today] : [7, mondayOf(today)];
  const first = current - back * length;
  return { kind: "dates", first, end: first + length };
}

/** The shortest interval that holds all windows. */
export function spanOf(windows: readonly Interval[]): Interval {
  return {
    start: Math.min(...windows.map(({ start }) => start)),
    end: Math.max(...windows.map(({ end }) => end)),
  };
}
