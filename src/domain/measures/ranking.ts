import type { Result } from "./result.ts";
import { DAY } from "../time/interval.ts";
import type { WindowName } from "../time/asked_window.ts";
import { withoutPrevious } from "../time/previous_window.ts";

/**
 * The rows with the most downtime in a window, most first; equals in the order of ids, rows without downtime not at all. Silent stores
 * are not ranked: their downtime comes from old polls, and nobody knows what they lost.
 */
export function mostDowntime(result: Result, window: WindowName, count: number): number[] {
  const down = result.column(window, "down") ?? new Float64Array();
  const isSilent = silence(result);
  const rows = Array.from(down.keys()).filter((row) => (down[row] ?? 0) > 0 && !isSilent(row));
  return rows.sort((a, b) => (down[b] ?? 0) - (down[a] ?? 0)).slice(0, count);
}

/** The rows of silent stores, those without any poll first, then the longest silence first; equals in the order of ids. */
export function silentRows(result: Result): number[] {
  const isSilent = silence(result);
  const age = (row: number) => result.pollAge?.[row] ?? NaN;
  const rows = Array.from(result.storeIds.keys()).filter(isSilent);
  return rows.sort((a, b) => age(a) === age(b) ? a - b : age(b) - age(a));
}

/**
 * Which stores are silent: those without a poll for longer than a day, if they had business hours in that day, or if no poll reaches any
 * of their business hours in all windows. A store that was closed all the time is not silent: there was nothing to see.
 */
export function silence(result: Result): (row: number) => boolean {
  const isUnseen = unseen(result);
  const openInDay = result.column("last_day", "scheduled");
  return (row) => isUnseen(row) || ((result.pollAge?.[row] ?? NaN) > DAY && (openInDay?.[row] ?? 0) > 0);
}

/**
 * Which stores no poll reaches in any window, though they had business hours there. A store that was polled within a day was seen, even if
 * that was in closed time or at as-of itself. Reports of older versions do not know what was observed: nothing is said of their stores. The
 * windows that others are compared with do not matter here.
 */
export function unseen(result: Result): (row: number) => boolean {
  const columns = withoutPrevious(result.windows).map((window) =>
    [result.column(window, "scheduled"), result.column(window, "observed")] as const
  );
  return (row) => {
    const isScheduled = columns.some(([scheduled]) => (scheduled?.[row] ?? 0) > 0);
    const isPolled = (result.pollAge?.[row] ?? NaN) <= DAY;
    return isScheduled && !isPolled && columns.every(([, observed]) => observed?.[row] === 0);
  };
}
