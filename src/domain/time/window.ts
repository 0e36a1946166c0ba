import { HOUR, type Interval, type Micros } from "./interval.ts";
import type { Method } from "../method.ts";

/** The name of an interval that a report measures, as a request gives it. */
export type WindowName = "last_hour" | "last_day" | "last_week";

/** The three windows that every report has if the request names no others, shortest first. */
export const CLASSIC_WINDOWS = ["last_hour", "last_day", "last_week"] as const satisfies readonly WindowName[];

/** A named interval that a report measures. */
export interface Window extends Interval {
  readonly name: WindowName;
}

export function isWindowName(text: string): text is WindowName {
  return text in LENGTHS;
}

/** Real elapsed time, whatever local clocks did. */
const LENGTHS: Readonly<Record<WindowName, Micros>> = {
  last_hour: HOUR,
  last_day: 24 * HOUR,
  last_week: 168 * HOUR,
};

/** The windows of a report, in the order of their names. They end at as-of, or at the full hour at or before it. */
export function windowsBefore(names: readonly WindowName[], asOf: Micros, method: Method): Window[] {
  const end = method.windowsEnd === "as-of" ? asOf : Math.floor(asOf / HOUR) * HOUR;
  return names.map((name) => ({ name, start: end - LENGTHS[name], end }));
}

/** The shortest interval that holds all windows. */
export function spanOf(windows: readonly Interval[]): Interval {
  return {
    start: Math.min(...windows.map(({ start }) => start)),
    end: Math.max(...windows.map(({ end }) => end)),
  };
}
