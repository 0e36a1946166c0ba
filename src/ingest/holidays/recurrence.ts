import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { Unreadable } from "../values/value.ts";

/** Dates from the first one up to before the second one. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** A rule that counts each day from 1970 on needs 21,500 steps, and takes 40 ms. */
const MOST_STEPS = 25_000;

/** Rules of whole days. Others repeat within a day. */
const FREQUENCY = /(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)/i;
const TIMES = /(?:^|;)(?:BYHOUR|BYMINUTE|BYSECOND)=/i;
const OTHER_CALENDAR = /(?:^|;)(?:RSCALE|SKIP)=/i;
const UNTIL = /(^|;)UNTIL=(\d{8})[^;]*/i;

const WITHIN_A_DAY = new Unreadable(
  "rule_within_a_day",
  "repeats within a day: a holiday repeats by days, weeks, months or years",
);
const NOT_OUR_CALENDAR = new Unreadable("rule_other_calendar", "counts in another calendar: write the dates as RDATE");

/** The dates of a rule within a span. The start is one of them, also if it does not fit the rule. */
export function recurrences(start: string, rule: string, { from, to }: DateSpan): string[] | Unreadable {
  if (!FREQUENCY.test(rule) || TIMES.test(rule)) return WITHIN_A_DAY;
  if (OTHER_CALENDAR.test(rule)) return NOT_OUR_CALENDAR;
  try {
    const rules = new RRuleTemporal({
      rruleString: rule.replace(UNTIL, "$1UNTIL=$2T000000Z"),
      dtstart: midnight(start),
      tzid: "UTC",
      includeDtstart: true,
      maxIterations: MOST_STEPS,
    });
    const found = rules.between(midnight(from), midnight(to), true).map((at) => at.toString().slice(0, 10));
    return found.filter((date) => date < to);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new Unreadable("rule_unreadable", `cannot be read as a rule of iCalendar: ${message}`);
  }
}

function midnight(date: string): Temporal.ZonedDateTime {
  return Temporal.ZonedDateTime.from(`${date}T00:00[UTC]`);
}
