import type { Micros } from "../../domain/time/interval.ts";
import type { Fault } from "../faults/fault.ts";
import { isClosed, ONE_TIME_EMPTY } from "../values/opening.ts";
import { TIME_OF_DAY } from "../values/time_of_day.ts";
import { Unreadable } from "../values/value.ts";
import type { Cells } from "./cells.ts";
import type { Column } from "./header_table.ts";

export interface TimeColumns {
  readonly start: Column;
  readonly end: Column;
}

/**
 * Reads the two times of a row, and makes openings of them.
 *
 * @returns `undefined` if the row says closed
 */
export function readTimes<Openings extends object>(
  cells: Cells,
  { start, end }: TimeColumns,
  openings: (start: Micros, end: Micros) => Openings | Unreadable,
): Openings | Fault | undefined {
  const [startText, endText] = [cells.text(start), cells.text(end)];
  if (isClosed(startText, endText)) return undefined;
  const from = startText === "" ? ONE_TIME_EMPTY : TIME_OF_DAY.read(startText, cells.note);
  if (from instanceof Unreadable) return cells.refuse(start, from);
  const to = endText === "" ? ONE_TIME_EMPTY : TIME_OF_DAY.read(endText, cells.note);
  if (to instanceof Unreadable) return cells.refuse(end, to);
  const found = openings(from, to);
  return found instanceof Unreadable ? cells.refuse(end, found) : found;
}
