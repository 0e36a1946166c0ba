/** Weeks of openings, minute by minute: a slow and obvious reference. */
import fc from "fast-check";
import type { StagedOpening } from "../../src/db/stores/stage_hours.ts";

export const DAYS = 7;
const DAY = 1440;
const WEEK = DAYS * DAY;

/** An opening of a day: minutes after its midnight, and its length in minutes. */
export interface Range {
  readonly day: number;
  readonly start: number;
  readonly length: number;
}

/** The minutes of the week, from Monday 00:00, in which openings are open. */
export function minutesOfWeek(openings: readonly StagedOpening[]): Set<number> {
  const minutes = new Set<number>();
  for (const { day, start, end } of openings) {
    const [from, to] = [minuteOf(start), minuteOf(end)];
    const length = to > from ? to - from : to - from + DAY;
    for (let minute = 0; minute < length; minute++) minutes.add((day * DAY + from + minute) % WEEK);
  }
  return minutes;
}

function minuteOf(time: string): number {
  const [hour = NaN, minute = NaN] = time.split(":").map(Number);
  return hour * 60 + minute;
}

/** Openings of some days; the days are in their order. None is `00:00-00:00`, which has two meanings. */
export const randomWeek: fc.Arbitrary<readonly Range[]> = fc.array(
  fc.record({ day: fc.nat(DAYS - 1), start: fc.nat(DAY - 1), length: fc.integer({ min: 1, max: DAY }) }),
  { minLength: 1, maxLength: 12 },
).map((ranges) => [...ranges].sort((a, b) => a.day - b.day));

const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/**
 * Prints a week as people do.
 *
 * @param style a number from 0 to 3, another one at each call
 */
export function printedWeek(ranges: readonly Range[], style: () => number): string {
  const days = [...Map.groupBy(ranges, ({ day }) => day)].map(([day, ofDay]) => {
    const times = ofDay.map((range) => rangeText(range, style)).join([",", ", ", " , ", " "][style()] ?? ",");
    return `${dayText(day, style())}${style() === 0 ? ":" : ""} ${times}`;
  });
  return days.join(["; ", ";", ", ", " ; "][style()] ?? ";");
}

function dayText(day: number, style: number): string {
  const name = NAMES[day] ?? "";
  return [name.slice(0, 2), name.slice(0, 3), name, name.slice(0, 2).toUpperCase()][style] ?? name;
}

function rangeText({ start, length }: Range, style: () => number): string {
  const end = start + length;
  const isWritten24 = end === DAY || end > DAY && style() === 0;
  const written = isWritten24 ? end : end % DAY;
  return `${timeText(start, style())}${["-", " - ", "–", "-"][style()]}${timeText(written, isWritten24 ? 0 : style())}`;
}

function timeText(minutes: number, style: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0")];
  const padded = String(hour).padStart(2, "0");
  const half = hour < 12 ? "AM" : "pm";
  return [
    `${padded}:${minute}`,
    `${hour}:${minute}`,
    `${padded}:${minute}:00`,
    `${hour % 12 || 12}:${minute} ${half}`,
  ][style] ??
    padded;
}
