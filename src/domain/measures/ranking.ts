import type { Result } from "./result.ts";
import type { WindowName } from "../time/window.ts";

/** The rows with the most downtime in a window, most first; equals in the order of ids, rows without downtime not at all. */
export function mostDowntime(result: Result, window: WindowName, count: number): number[] {
  const down = result.column(window, "down") ?? new Float64Array();
  const rows = Array.from(down.keys()).filter((row) => (down[row] ?? 0) > 0);
  return rows.sort((a, b) => (down[b] ?? 0) - (down[a] ?? 0)).slice(0, count);
}
