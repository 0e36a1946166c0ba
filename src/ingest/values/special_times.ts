import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { StagedTimes } from "../../db/stores/stage_special_hours.ts";
import { END_NOT_AFTER_START } from "./opening.ts";
import { timeText } from "./time_of_day.ts";
import type { Unreadable } from "./value.ts";

/**
 * The opening times of a date. A start of 24:00 or later is on the next date, but still belongs to this one.
 *
 * @returns a fault of the end, if it is at or before such a start
 */
export function specialTimes(start: Micros, end: Micros): StagedTimes | Unreadable {
  if (start >= DAY && end <= start) return END_NOT_AFTER_START;
  return { start: timeText(start), end: timeText(end) };
}
