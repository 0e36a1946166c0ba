import type { Interval, Micros } from "../time/interval.ts";
import type { EpochDay, Timezone } from "../time/timezone.ts";
import { TREND_REACH } from "./trend_method.ts";

/** A run of dates, `[start, end)`, as the numbers of their days. */
export type Dates = Interval;

/** The date whose window holds an instant. Clocks that go back over midnight show the date before once more: it stays in its window. */
export function dateHolding(timezone: Timezone, instant: Micros): EpochDay {
  let date = timezone.dateAt(instant);
  while (timezone.instantOf(date + 1, 0) <= instant) date++;
  while (timezone.instantOf(date, 0) > instant) date--;
  return date;
}

/** The dates that change with polls or openings of a span of time. Either end may be infinite. */
export function datesConcerned(timezone: Timezone, { start, end }: Interval): Dates {
  return {
    start: Number.isFinite(start) ? dateHolding(timezone, start) : start,
    end: Number.isFinite(end) ? dateHolding(timezone, end + TREND_REACH - 1) + 1 : end,
  };
}
