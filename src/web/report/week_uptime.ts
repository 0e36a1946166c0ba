import type { Result } from "../../domain/measures/result.ts";

/** Uptime and downtime of a row's week, in microseconds; undefined where the report has no such window. */
export function weekUptime(result: Result, place: number): { up: number | undefined; down: number | undefined } {
  return { up: result.column("last_week", "up")?.[place], down: result.column("last_week", "down")?.[place] };
}
