import { HOUR, MINUTE } from "../../domain/time/interval.ts";
import { ResultColumns } from "../../domain/measures/result.ts";
import { CLASSIC_WINDOWS } from "../../domain/time/window.ts";

/** The units of the classic CSV: minutes in the hour, hours in the day and the week. */
const UNITS = [MINUTE, HOUR, HOUR];

/** Reads a classic CSV back, as `classicCsv` wrote it. Scheduled time is what up and down add up to. */
export function resultOfCsv(csv: string): ResultColumns {
  const result = new ResultColumns(CLASSIC_WINDOWS, countLines(csv));
  for (let from = csv.indexOf("\n") + 1; from > 0 && from < csv.length;) {
    const { id, end } = readId(csv, from);
    const newline = csv.indexOf("\n", end);
    const numbers = csv.slice(end + 1, newline).split(",").map(Number);
    result.add(id, UNITS.map((unit, window) => measuresOf(numbers[window], numbers[UNITS.length + window], unit)));
    from = newline + 1;
  }
  return result;
}

function measuresOf(up = NaN, down = NaN, unit: number) {
  const length = { up: Math.round(up * unit), down: Math.round(down * unit) };
  return { scheduled: length.up + length.down, ...length, unknown: 0 };
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
