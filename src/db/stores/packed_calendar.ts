import { type BusinessHours, type HoursVersion, NO_BEGINNING } from "../../domain/openings/business_hours.ts";
import type { Exclusion } from "../../domain/openings/exclusion.ts";
import type { OpeningTime } from "../../domain/openings/opening_time.ts";
import type { SpecialHours } from "../../domain/openings/special_hours.ts";
import { Bytes, type Raw } from "../postgres/raw.ts";

/* Calendars as `stores` keeps them, packed by `gather_calendars`. */

/** Where a day would stand: a version of hours begins. */
const VERSION = 7;
/** In place of a date: the version has no beginning. */
const BEFORE_ALL_DATES = -9_007_199_254_740_991;

/** The versions of a store's hours. Null: none are known. */
export function readVersions(raw: Raw): HoursVersion[] {
  if (raw === null) return [];
  const bytes = new Bytes(raw);
  const versions: { from: number; hours: BusinessHours[] }[] = [];
  // A version without a beginning that has rows is not named.
  let hours: BusinessHours[] = [];
  if (bytes.isAtEnd || bytes.peekInt16() !== VERSION) versions.push({ from: NO_BEGINNING, hours });
  while (!bytes.isAtEnd) {
    const [day, start, end] = [bytes.int16(), bytes.int64(), bytes.int64()];
    if (day !== VERSION) hours.push({ day, start, end });
    else versions.push({ from: start === BEFORE_ALL_DATES ? NO_BEGINNING : start, hours: hours = [] });
  }
  return versions;
}

/** The special hours of a store, or of all stores. Null: it has no special hours. */
export function readSpecialHours(raw: Raw): SpecialHours | undefined {
  if (raw === null) return undefined;
  const found = new Map<number, OpeningTime[]>();
  for (const bytes = new Bytes(raw); !bytes.isAtEnd;) {
    const [date, start, end] = [bytes.int32(), bytes.int64(), bytes.int64()];
    const times = found.get(date) ?? [];
    if (start >= 0) times.push({ start, end });
    found.set(date, times);
  }
  return found;
}

/** The exclusions of a store, or of all stores. */
export function readExclusions(raw: Raw): Exclusion[] {
  const found: Exclusion[] = [];
  for (const bytes = new Bytes(raw); !bytes.isAtEnd;) {
    found.push({ from: bytes.int64(), to: bytes.int64(), isLocal: bytes.int16() === 1 });
  }
  return found;
}
