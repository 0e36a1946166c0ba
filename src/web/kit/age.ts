import { DAY, HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";

const UNITS = [["year", 365 * DAY], ["month", 30 * DAY], ["day", DAY], ["hour", HOUR], ["minute", MINUTE]] as const;

/** How long ago an instant was: `2 years ago`, `5 minutes ago`. Clocks differ a little, so a poll may be ahead: `in 3 hours`. */
export function ageWords(at: Micros, now: Micros): string {
  const age = Math.abs(now - at);
  const unit = UNITS.find(([, length]) => age >= length);
  if (unit === undefined) return "just now";
  const [word, length] = unit;
  const number = Math.floor(age / length);
  const words = `${number} ${word}${number === 1 ? "" : "s"}`;
  return at > now ? `in ${words}` : `${words} ago`;
}

/** The clock of this computer. */
export function clock(): Micros {
  return Date.now() * 1000;
}
