import { formatDuration, parseDuration } from "../time/duration.ts";
import { DAY, HOUR, type Micros, MINUTE } from "../time/interval.ts";

/** How long a store counts as observed after a poll, if nobody says otherwise. */
export const DEFAULT_STALE_AFTER: Micros = 2 * HOUR;

const SHORTEST: Micros = MINUTE;
const LONGEST: Micros = 7 * DAY;

/** What a text has to be, after "must be". */
export const STALE_AFTER_FORM =
  `an ISO 8601 duration of weeks, days, hours, minutes and seconds, from ${formatDuration(SHORTEST)} to ` +
  `${formatDuration(LONGEST)}, such as ${formatDuration(DEFAULT_STALE_AFTER)}`;

/** Reads `stale_after`; `undefined` if the text is not as `STALE_AFTER_FORM` says. */
export function parseStaleAfter(text: string): Micros | undefined {
  const length = parseDuration(text);
  return length !== undefined && SHORTEST <= length && length <= LONGEST ? length : undefined;
}
