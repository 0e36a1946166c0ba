import { uptimeRatio } from "../../domain/measures/percentage.ts";
import { weekdayOf } from "../../domain/time/date.ts";
import { DAY } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { TrendDate } from "../../trends/trend.ts";
import { dateWords } from "./trend_words.ts";

/** Where a scale of uptime may begin, in percent. */
const FLOORS = [99, 98, 95, 90, 85, 80, 70, 60, 40, 0] as const;

/**
 * The highest beginning with which downtime takes half of the scale at most, else 0. Dates with few business hours
 * are left out: one store that is down while all others are closed would flatten every other column.
 */
export function floorOf(dates: readonly TrendDate[]): number {
  const isThin = thinIn(dates);
  const worst = Math.min(1, ...dates.flatMap((sums) => isThin(sums) ? [] : uptimeRatio(sums) ?? [])) * 100;
  return worst === 100 ? 0 : FLOORS.find((floor) => worst >= (100 + floor) / 2) ?? 0;
}

/** Tells dates with less than a twentieth of the business hours of the fullest one, mostly holidays. */
export function thinIn(dates: readonly TrendDate[]): (sums: TrendDate) => boolean {
  const most = dates.reduce((longest, { scheduled }) => scheduled > longest ? scheduled : longest, 0n);
  return ({ scheduled }) => scheduled > 0n && scheduled * 20n < most;
}

/** A date with a text below its column. */
export interface DateMark {
  readonly place: number;
  readonly text: string;
}

/** Which dates are named below the columns: each of a few, else Mondays, else the first ones of months. */
export function dateMarks(dates: readonly EpochDay[]): DateMark[] {
  if (dates.length <= 14) return dates.map((date, place) => ({ place, text: nameIn(dates, place, date) }));
  const isNamed = dates.length <= 45
    ? (date: EpochDay) => weekdayOf(date) === 0
    : (date: EpochDay) => new Date(date * (DAY / 1000)).getUTCDate() === 1;
  const style = dates.length <= 120 ? "day" : "month";
  return dates.flatMap((date, place) => isNamed(date) ? [{ place, text: dateWords(date, style) }] : []);
}

/** Of a few dates, the month is named where it begins. */
function nameIn(dates: readonly EpochDay[], place: number, date: EpochDay): string {
  const [day, month] = [dateWords(date, "day").split(" ")[0] ?? "", dateWords(date, "month")];
  const before = dates[place - 1];
  return before !== undefined && dateWords(before, "month") === month ? day : `${day} ${month}`;
}
