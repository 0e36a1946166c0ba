import { uptimeRatio } from "../../domain/measures/percentage.ts";
import { weekdayOf } from "../../domain/time/date.ts";
import { DAY } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { TrendDate } from "../../trends/trend.ts";
import { dateWords } from "./trend_words.ts";

/** Where a scale of uptime may begin, in percent. */
const FLOORS = [99, 98, 95, 90, 85, 80, 70, 60, 40, 0] as const;

/** The highest beginning with which downtime takes half of the scale at most; 0 if there is none. */
export function floorOf(dates: readonly TrendDate[]): number {
  const worst = Math.min(1, ...dates.flatMap((sums) => uptimeRatio(sums) ?? [])) * 100;
  return worst === 100 ? 0 : FLOORS.find((floor) => worst >= (100 + floor) / 2) ?? 0;
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
