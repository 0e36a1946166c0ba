import { Temporal } from "temporal-polyfill";
import { formatInstant } from "../time/instant.ts";
import type { Micros } from "../time/interval.ts";

/** No shop was polled before. */
const EARLIEST: Micros = Date.UTC(2000, 0, 1) * 1000;

/** How far ahead of the clock a poll may be, if nobody says otherwise. Clocks of senders differ. */
export const DEFAULT_POLL_AHEAD = "P1D";

/** The instants of polls that can be believed. One poll of the year 2099 would move the as-of of every report. */
export interface PollLimits {
  /** The first instant that can be believed. */
  readonly earliest: Micros;
  /** The last one. */
  readonly latest: Micros;
  /** What `latest` lies ahead of the clock, as it was given. */
  readonly ahead: string;
}

/** @param ahead an ISO 8601 duration; a month is as long as the one that begins now */
export function pollLimits(now: Micros, ahead: string = DEFAULT_POLL_AHEAD): PollLimits {
  const epoch = new Temporal.PlainDateTime(1970, 1, 1);
  const latest = epoch.add({ microseconds: now }).add(ahead);
  return { earliest: EARLIEST, latest: latest.since(epoch, { largestUnit: "microseconds" }).microseconds, ahead };
}

/** Whether a text is a duration that can be added to an instant. */
export function isPollAhead(text: string): boolean {
  try {
    return Temporal.Duration.from(text).sign >= 0 && pollLimits(0, text).latest < 100 * 366 * 86_400_000_000;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Why an as-of lies too far ahead: no poll of that time can be believed. Undefined if it does not, or if no as-of is given. */
export function whyTooLate(asOf: Micros | undefined, { latest, ahead }: PollLimits): string | undefined {
  if (asOf === undefined || asOf <= latest) return undefined;
  return `must not be after ${formatInstant(latest)}, which is ${ahead} ahead of this server's clock (MAX_POLL_AHEAD)`;
}

/** Why a poll at an instant is not believed; undefined if it is. */
export function whyUnbelievable(at: Micros, { earliest, latest, ahead }: PollLimits): string | undefined {
  if (at < earliest) return "is before 2000-01-01, which cannot be right: correct the year";
  if (at <= latest) return undefined;
  return `is after ${
    formatInstant(latest)
  }, which is ${ahead} ahead of this server's clock: correct the clock of the ` +
    "sender, or raise MAX_POLL_AHEAD";
}
