import { formatPercentage, percentagesOf } from "../../domain/measures/percentage.ts";
import { isEnough } from "../../domain/measures/coverage.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import { DAY, HOUR } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Dates } from "../../domain/trends/local_dates.ts";
import { asMeasured, type TrendSums } from "../../domain/trends/trend_sums.ts";
import type { Trend, TrendDate } from "../../trends/trend.ts";
import { count, counted, THIN_SPACE } from "../kit/numbers.ts";

const FORMATS = {
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  short: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  day: { day: "numeric", month: "short" },
  year: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map(
  Object.entries(FORMATS).map((
    [style, options],
  ) => [style, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" })]),
);

/** A date as people write it: `Tuesday 24 January 2023`, `24 Jan`. */
export function dateWords(date: EpochDay, style: keyof typeof FORMATS): string {
  return formats.get(style)?.format(date * (DAY / 1000)).replace(/^(\w+),/, "$1") ?? "";
}

/** `26 Dec 2022 to 24 Jan 2023` */
export function datesWords({ start, end }: Dates): string {
  const [first, last] = [dateWords(start, "year"), dateWords(end - 1, "year")];
  return first === last ? first : `${first} to ${last}`;
}

/** The dates of a period from the first one with polls on. */
export function knownDates({ period, dates }: Pick<Trend, "period" | "dates">): Dates {
  return { start: dates.find(({ stores }) => stores > 0)?.date ?? period.start, end: period.end };
}

/** Uptime of what was observed, `93.85 %`; a dash if nothing was. */
export function uptimeWords(sums: TrendSums): string {
  return percentWords(percentagesOf(asMeasured(sums)).uptime);
}

/** How much of business hours was observed. */
export function observedWords(sums: TrendSums): string {
  return percentWords(percentagesOf(asMeasured(sums)).coverage);
}

function percentWords(hundredths: number | undefined): string {
  return hundredths === undefined ? "–" : `${formatPercentage(hundredths)}${THIN_SPACE}%`;
}

/** `1,234.5` */
export function hourWords(micros: bigint): string {
  const [whole = "0", fraction] = decimalOfSum(micros, HOUR, 1).split(".");
  return `${count(Number(whole))}.${fraction}`;
}

/** What a date's column says. */
export function dayWords(day: TrendDate, before: TrendDate | undefined): string {
  const parts = [
    `uptime ${uptimeWords(day)}`,
    `${hourWords(day.down)} hours down`,
    `observed ${observedWords(day)}`,
    ...before !== undefined && before.storeDays > 0
      ? [`${dateWords(before.date, "day")}: uptime ${uptimeWords(before)}`]
      : [],
    ...day.storeDays < day.stores ? [`${counted(day.stores - day.storeDays, "store")} not computed yet`] : [],
  ];
  return `${dateWords(day.date, "short")}: ${parts.join(", ")}`;
}

/** Why a period cannot be compared with the one before; undefined if it can. */
export function whyNotCompared(
  total: TrendSums,
  before: TrendSums,
  datesBefore: readonly TrendDate[],
): string | undefined {
  if (datesBefore.some(({ stores }) => stores === 0)) return "the period before begins earlier than the first poll";
  if (datesBefore.some(({ stores, storeDays }) => storeDays < stores)) return "the period before is being computed";
  const isComparable = [total, before].every((sums) => isEnough(percentagesOf(asMeasured(sums)).coverage));
  return isComparable ? undefined : "in one of the two periods, less than half of the business hours was observed";
}
