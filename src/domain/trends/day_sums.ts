import { measuresWithin } from "../measures/store_measures.ts";
import { type StoreFacts, type StoreTime, storeTime } from "../measures/store_time.ts";
import { HOUR, type Interval, merge, type Micros } from "../time/interval.ts";
import { perTimezone } from "../time/per_timezone.ts";
import type { EpochDay, Timezone } from "../time/timezone.ts";
import { windowAt } from "../time/window.ts";
import type { Dates } from "./local_dates.ts";
import { TREND_METHOD, TREND_REACH } from "./trend_method.ts";

export const HOURS_OF_DAY = 24;

/** What is kept of a store's date, in microseconds. What is scheduled and neither up nor down is unknown. */
export interface DaySums {
  readonly date: EpochDay;
  readonly scheduled: Micros;
  readonly up: Micros;
  readonly down: Micros;
  /** Downtime by the hour of the store's clock, from 0 to 23. Empty if there was none. */
  readonly downByHour: readonly Micros[];
}

/**
 * Measures stores date by date, each by its own calendar, as a report with a window for each date does.
 *
 * @param asOf not before the end of any of the dates
 */
export function dayMeasurer(dates: Dates, asOf: Micros): (facts: StoreFacts) => DaySums[] {
  const judging = { asOf, method: TREND_METHOD, staleAfter: TREND_REACH };
  const planOf = perTimezone((timezone) => {
    const days = listDays(dates, asOf, timezone);
    return { days, windows: days.map(({ window }) => window), spans: merge(days.map(({ window }) => window)) };
  });
  return (facts) => {
    const { timezone } = facts.rules;
    const { days, windows, spans } = planOf(timezone);
    const time = storeTime(facts, judging, spans);
    const measuresOf = measuresWithin(time, windows);
    const sums = days.map(({ date, window }) => {
      const { scheduled, up, down } = measuresOf(window);
      return { date, window, scheduled, up, down };
    });
    const hoursOf = downByHour(time, sums.filter(({ down }) => down > 0), timezone);
    return sums.map(({ window: _, ...day }) => ({ ...day, downByHour: hoursOf.get(day.date) ?? NO_HOURS }));
  };
}

const NO_HOURS: readonly Micros[] = [];

interface Day {
  readonly date: EpochDay;
  readonly window: Interval;
}

function listDays({ start, end }: Dates, asOf: Micros, timezone: Timezone): Day[] {
  return Array.from({ length: end - start }, (_, index) => {
    const date = start + index;
    const asked = { name: "", kind: "dates", first: date, end: date + 1 } as const;
    return { date, window: windowAt(asked, { asOf, method: TREND_METHOD }, timezone) };
  });
}

/** The downtime of some dates by hours, in one more walk. The caller leaves out dates without downtime, which most are. */
function downByHour(time: StoreTime, days: readonly Day[], timezone: Timezone): Map<EpochDay, Micros[]> {
  const hours = days.map((day) => hoursOfDay(day, timezone));
  const measuresOf = measuresWithin(time, hours.flat());
  return new Map(days.map(({ date }, index) => [date, hours[index]?.map((hour) => measuresOf(hour).down) ?? []]));
}

/** An hour begins when the clock first shows it. One that the clock skips is empty, one that it shows twice is two hours long. */
function hoursOfDay({ date, window }: Day, timezone: Timezone): Interval[] {
  const begins = Array.from(
    { length: HOURS_OF_DAY },
    (_, hour) => Math.min(timezone.instantOf(date, hour * HOUR), window.end),
  );
  return begins.map((start, hour) => ({ start, end: begins[hour + 1] ?? window.end }));
}
