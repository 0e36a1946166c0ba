import type { StagedOpening } from "../../db/stores/stage_hours.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { timeText } from "../values/time_of_day.ts";

/** A stretch of the week. */
export interface Period {
  /** 0 = Monday */
  readonly day: number;
  /** Up to 24:00. */
  readonly start: Micros;
  /** Up to a week. */
  readonly length: Micros;
}

/**
 * The openings that together are a period. One of up to 24 hours is one opening, perhaps over midnight. A longer one is cut at
 * each midnight; its parts touch, so that the store is open from its start to its end, also when clocks change.
 */
export function openingsOfPeriod({ day, start, length }: Period): StagedOpening[] {
  if (start >= DAY) return openingsOfPeriod({ day: (day + 1) % 7, start: start - DAY, length });
  if (length <= DAY) {
    const end = start + length;
    return [{ day, start: timeText(start), end: timeText(end > DAY ? end - DAY : end) }];
  }
  const first = { day, start: timeText(start), end: timeText(DAY) };
  return [first, ...openingsOfPeriod({ day: (day + 1) % 7, start: 0, length: length - (DAY - start) })];
}
