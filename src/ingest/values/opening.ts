import type { StagedOpening } from "../../db/stores/stage_hours.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { timeText } from "./time_of_day.ts";
import { Unreadable } from "./value.ts";

/** Whether both times of a row say that the weekday is closed. */
export function isClosed(start: string, end: string): boolean {
  if (start === "") return end === "";
  return isWordClosed(start) && (end === "" || isWordClosed(end));
}

function isWordClosed(text: string): boolean {
  return text.length === 6 && text.toLowerCase() === "closed";
}

export const ONE_TIME_EMPTY = new Unreadable(
  "time_one_empty",
  "is empty, but the other time of the row is not: write both, or leave both empty if the day is closed",
);

export const END_NOT_AFTER_START = new Unreadable(
  "end_not_after_start",
  "is not after a start of 24:00 or later: if the start counts on from the day before, write the end so, too",
);

/**
 * The openings of a row, with times below 24:00 and an end up to 24:00.
 *
 * A start of 24:00 or later moves the opening to the next weekday. An opening longer than a day is two that touch.
 *
 * @returns a fault of the end, if it is at or before such a start
 */
export function openingsOf(day: number, start: Micros, end: Micros): readonly StagedOpening[] | Unreadable {
  const next = (day + 1) % 7;
  if (start >= DAY) return end > start ? [opening(next, start - DAY, end - DAY)] : END_NOT_AFTER_START;
  if (end <= DAY) return [opening(day, start, end)];
  if (end <= start + DAY) return [opening(day, start, end - DAY)];
  return [opening(day, start, start), opening(next, start, end - DAY)];
}

function opening(day: number, start: Micros, end: Micros): StagedOpening {
  return { day, start: timeText(start), end: timeText(end) };
}
