import type { DaySpan } from "../db/polls/poll_days.ts";
import { type Measuring, windowsBy } from "../domain/report_request.ts";
import { DAY, HOUR, type Interval, merge } from "../domain/time/interval.ts";
import type { Timezone } from "../domain/time/timezone.ts";

/** How far before a window polls are read: for most stores enough to say what holds when it begins. */
const MARGIN = 3 * HOUR;

/** How far after a window a poll can decide what counts in it, if it reaches to either side: it meets the one before half-way. */
const REACH_BACK = HOUR;

/**
 * The UTC days whose polls some windows need, for stores of some zones. A poll that is further away than `staleAfter` makes nothing in a
 * window observed or certain. Of the last day, polls say which stores are silent.
 *
 * @returns in the order of time, with at least a day between two of them
 */
export function daysToRead(measuring: Measuring, timezones: Iterable<Timezone>): DaySpan[] {
  const { asOf, staleAfter } = measuring;
  const windowsOf = windowsBy(measuring);
  const spans: Interval[] = [{ start: asOf - DAY, end: asOf }];
  for (const timezone of timezones) {
    for (const { start, end } of windowsOf(timezone)) {
      if (start === end) continue;
      spans.push({
        start: start - Math.max(MARGIN, staleAfter),
        end: Math.min(end + Math.max(REACH_BACK, staleAfter), asOf),
      });
    }
  }
  return wholeDays(spans);
}

/** The last day of a span is that of its end, since a poll at as-of counts. */
function wholeDays(spans: readonly Interval[]): DaySpan[] {
  const days = spans.map(({ start, end }) => ({ start: Math.floor(start / DAY), end: Math.floor(end / DAY) + 1 }));
  return merge(days).map(({ start, end }) => ({ first: start, last: end - 1 }));
}
