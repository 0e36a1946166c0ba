import { Temporal } from "temporal-polyfill";
import { DAY, type Micros } from "./interval.ts";

/** The zone of a store for which none is known. */
export const DEFAULT_TIMEZONE = "America/Chicago";

/** A calendar date as the number of days since 1970-01-01. */
export type EpochDay = number;

/** One zone's wall clock: the only place where local time becomes an instant. */
export interface Timezone {
  readonly id: string;
  /**
   * The instant at which this zone's clock shows a time of day on a date, by Temporal's `compatible` rule: a time that
   * a clock change skips moves forward by the gap, a time that occurs twice is its first occurrence.
   */
  instantOf(date: EpochDay, timeOfDay: Micros): Micros;
  /** The date that this zone's calendar shows at an instant. */
  dateAt(instant: Micros): EpochDay;
}

/** Enough for all that a fleet's weeks ask of a zone; a process that lives for months must not keep more. */
const MOST_REMEMBERED = 100_000;

const IANA_NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/;

/**
 * Opens a zone by its IANA name, in any letter case. Conversions are remembered, since stores of one zone share them:
 * a conversion costs 2 µs, a remembered one a twentieth of that.
 *
 * @throws {RangeError} if the name is no IANA zone (an offset such as `+05:30` is none)
 */
export function openTimezone(name: string): Timezone {
  const id = canonicalName(name);
  const instants = new Map<number, Micros>();
  const dates = new Map<Micros, EpochDay>();
  return {
    id,
    instantOf: (date, timeOfDay) => remember(instants, date * DAY + timeOfDay, (local) => toInstant(id, local)),
    dateAt: (instant) => remember(dates, instant, (at) => toDate(id, at)),
  };
}

function canonicalName(name: string): string {
  if (!IANA_NAME.test(name)) throw new RangeError(`"${name}" is not an IANA time zone`);
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId;
  } catch (cause) {
    throw new RangeError(`"${name}" is not an IANA time zone`, { cause });
  }
}

/** Reads a wall time, given as if its zone were UTC, in the zone that it belongs to. */
function toInstant(id: string, local: Micros): Micros {
  const wall = new Temporal.ZonedDateTime(BigInt(local) * 1000n, "UTC").toPlainDateTime();
  return Number(wall.toZonedDateTime(id, { disambiguation: "compatible" }).epochNanoseconds / 1000n);
}

function toDate(id: string, instant: Micros): EpochDay {
  const wall = new Temporal.ZonedDateTime(BigInt(instant) * 1000n, id).toPlainDate();
  return wall.toZonedDateTime("UTC").epochMilliseconds / (DAY / 1000);
}

function remember(known: Map<number, number>, key: number, compute: (key: number) => number): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute(key);
  if (known.size === MOST_REMEMBERED) known.clear();
  known.set(key, value);
  return value;
}
