import type { Method } from "../method.ts";
import type { AskedWindow, CurrentWindow, WindowName } from "./asked_window.ts";
import { mondayOf, monthOf } from "./date.ts";
import { HOUR, type Interval, type Micros } from "./interval.ts";
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
  const { start, end } = spanOfForm(asked, latest, calendar);
  return { name: asked.name, start, end: Math.max(start, Math.min(end, latest)) };
}

/** Windows end here at the latest: at as-of, or at the full hour at or before it. */
function latestEnd({ asOf, method }: Ending): Micros {
  return method.windowsEnd === "as-of" ? asOf : Math.floor(asOf / HOUR) * HOUR;
}

/** The whole of a window, also what is later than as-of. */
function spanOfForm(asked: AskedWindow, latest: Micros, calendar: Timezone): Interval {
  if (asked.kind === "fixed") return asked;
  if (asked.kind === "elapsed") return { start: latest - asked.length, end: latest };
  const { first, end } = asked.kind === "dates" ? asked : datesAround(asked, calendar.dateAt(latest));
  return { start: calendar.instantOf(first, 0), end: calendar.instantOf(end, 0) };
}

/** The dates of a window, of which one has today's date in it, or the next one has. */
function datesAround({ unit, back }: CurrentWindow, today: EpochDay): { first: EpochDay; end: EpochDay } {
  if (unit === "month") return { first: monthOf(today, -back), end: monthOf(today, 1 - back) };
  const [length, current] = unit === "day" ? [1, today] : [7, mondayOf(today)];
  const first = current - back * length;
  return { first, end: first + length };
}

/** The shortest interval that holds all windows. */
export function spanOf(windows: readonly Interval[]): Interval {
  return {
    start: Math.min(...windows.map(({ start }) => start)),
    end: Math.max(...windows.map(({ end }) => end)),
  };
}
