import { parseAsOf } from "../time/instant.ts";
import { DAY, HOUR, type Micros } from "../time/interval.ts";

/** When something expires that is made at an instant. */
export type Expiry = (madeAt: Micros) => Micros;

export const EXPIRY_FORM = "a number of days or hours such as 90d or 12h, or a date such as 2027-01-31";

const UNITS: Readonly<Record<string, Micros>> = { h: HOUR, d: DAY };
const LONGEST = 36_525 * DAY;

/** Reads `90d`, `12h`, a date or an instant. */
export function parseExpiry(text: string): Expiry | undefined {
  const [, number, unit = ""] = /^(\d{1,7})([dh])$/.exec(text) ?? [];
  if (number === undefined) return at(parseAsOf(text));
  const length = Number(number) * (UNITS[unit] ?? 0);
  return length > 0 && length <= LONGEST ? (madeAt) => madeAt + length : undefined;
}

function at(instant: Micros | undefined): Expiry | undefined {
  return instant === undefined ? undefined : () => instant;
}
