import type { Measure } from "../../domain/measures/measures.ts";
import type { Result } from "../../domain/measures/result.ts";
import { HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { CLASSIC_WINDOWS } from "../../domain/time/window_list.ts";

/** The units of the classic CSV: minutes in the hour, hours in the day and the week. */
const UNITS = [MINUTE, HOUR, HOUR];

/** Reads a classic CSV back, as `classicCsv` wrote it. It has no measures but uptime and downtime. */
export function resultOfCsv(csv: string): Result {
  const storeIds: string[] = [];
  const lines = countLines(csv);
  const columns = UNITS.map(() => ({ up: new Float64Array(lines), down: new Float64Array(lines) }));
  for (let from = csv.indexOf("\n") + 1; from > 0 && from < csv.length;) {
    const { id, end } = readId(csv, from);
    const newline = csv.indexOf("\n", end);
    const numbers = csv.slice(end + 1, newline).split(",").map(Number);
    const row = storeIds.push(id) - 1;
    for (const [window, { up, down }] of columns.entries()) {
      up[row] = microsOf(numbers, window);
      down[row] = microsOf(numbers, UNITS.length + window);
    }
    from = newline + 1;
  }
  const column = (window: WindowName, measure: Measure) => {
    const values = columns[CLASSIC_WINDOWS.indexOf(window)];
    if (measure !== "up" && measure !== "down") return undefined;
    return values?.[measure].subarray(0, storeIds.length);
  };
  const none = () => undefined;
  return { windows: CLASSIC_WINDOWS, storeIds, column, ends: none, text: none, pollAge: undefined };
}

function microsOf(numbers: readonly number[], index: number): Micros {
  return Math.round((numbers[index] ?? NaN) * (UNITS[index % UNITS.length] ?? NaN));
}

/** An id in quotes may have commas and, doubled, quotes in it. */
function readId(csv: string, from: number): { id: string; end: number } {
  if (csv[from] !== '"') {
    const end = csv.indexOf(",", from);
    return { id: csv.slice(from, end), end };
  }
  let close = csv.indexOf('"', from + 1);
  while (csv[close + 1] === '"') close = csv.indexOf('"', close + 2);
  return { id: csv.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
