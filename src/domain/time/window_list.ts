import type { WindowName } from "./asked_window.ts";
import { parseWindow } from "./parse_window.ts";
import { withoutPrevious } from "./previous_window.ts";

/** The three windows that every report has if the request names no others, shortest first. */
export const CLASSIC_WINDOWS: readonly WindowName[] = ["last_hour", "last_day", "last_week"];

/** How many windows a report has at most. */
export const MOST_WINDOWS = 31;

/** Of a list that is far too long, nobody reads all faults. */
const MOST_LOOKED_AT = 100;

/** A window that cannot be asked for, and why. */
export interface WindowFault {
  /** Undefined: the fault is that of the list. */
  readonly window: WindowName | undefined;
  readonly reason: string;
}

/** What keeps a list of windows from being measured: each name that is not one of a window or stands twice, and too many names. */
export function windowFaults(names: readonly WindowName[]): WindowFault[] {
  const faults: WindowFault[] = [];
  if (names.length === 0) faults.push({ window: undefined, reason: "must name a window" });
  if (names.length > MOST_WINDOWS) {
    faults.push({ window: undefined, reason: `must name at most ${MOST_WINDOWS} windows, not ${names.length}` });
  }
  const looked = names.slice(0, MOST_LOOKED_AT);
  for (const window of new Set(looked)) {
    const asked = parseWindow(window);
    if (asked instanceof RangeError) faults.push({ window, reason: asked.message });
    if (looked.indexOf(window) !== looked.lastIndexOf(window)) {
      faults.push({ window, reason: "must be there only once" });
    }
  }
  return faults;
}

/** Whether a report has all windows of the classic CSV. */
export function hasClassicWindows(names: readonly WindowName[]): boolean {
  return CLASSIC_WINDOWS.every((window) => names.includes(window));
}

/** Whether these are the windows of the classic CSV, and no others. */
export function isClassic(names: readonly WindowName[]): boolean {
  return names.length === CLASSIC_WINDOWS.length && hasClassicWindows(names);
}

/** The window that a page speaks of where it has room for one: the last week, or else the one that was asked for last. */
export function mainWindow(names: readonly WindowName[]): WindowName {
  return names.find((name) => name === "last_week") ?? withoutPrevious(names).at(-1) ?? "last_week";
}
