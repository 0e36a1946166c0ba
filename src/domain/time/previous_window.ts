import type { WindowName } from "./asked_window.ts";

const PREVIOUS = ".previous";

/** The name of the window that another one is compared with. Nobody can ask for it: no window's own name ends like this. */
export function previousOf(window: WindowName): WindowName {
  return `${window}${PREVIOUS}`;
}

export function isPrevious(window: WindowName): boolean {
  return window.endsWith(PREVIOUS);
}

/** The window that a previous one is compared with. Any other window is itself. */
export function comparedWindow(window: WindowName): WindowName {
  return isPrevious(window) ? window.slice(0, -PREVIOUS.length) : window;
}

/** The windows that somebody asked for, of those that a report measures. */
export function withoutPrevious(windows: readonly WindowName[]): WindowName[] {
  return windows.filter((window) => !isPrevious(window));
}
