import { Temporal } from "temporal-polyfill";
import { DAY, type Interval, type Micros } from "./interval.ts";

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

const IANA_NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/;

/**
 * Opens a zone by its IANA name, in any letter case. Away from clock changes it counts with the one offset that holds there:
 * a thousandth of what Temporal takes, which is asked near them, once for each wall time.
 *
 * @throws {RangeError} if the name is no IANA zone (an offset such as `+05:30` is none)
 */
export function openTimezone(name: string): Timezone {
  const id = canonicalName(name);
  const stretches = new Stretches(id);
  const nearChanges = new Map<Micros, Micros>();
  return {
    id,
    instantOf(date, timeOfDay) {
      const local = date * DAY + timeOfDay;
      const offset = stretches.offsetAt(local);
      return offset === undefined ? remember(nearChanges, local, (wall) => toInstant(id, wall)) : local - offset;
    },
    dateAt(instant) {
      const offset = stretches.offsetAt(instant);
      return offset === undefined ? toDate(id, instant) : Math.floor((instant + offset) / DAY);
    },
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

/** Enough for all that a fleet's weeks ask of a zone; a process that lives for months must not keep more. */
const MOST_REMEMBERED = 10_000;

function remember(known: Map<Micros, Micros>, wall: Micros, compute: (wall: Micros) => Micros): Micros {
  const found = known.get(wall);
  if (found !== undefined) return found;
  const value = compute(wall);
  if (known.size === MOST_REMEMBERED) known.clear();
  known.set(wall, value);
  return value;
}

/** A stretch of time for which a zone has one offset, in microseconds; or the days around a clock change, for which it has none. */
interface Stretch extends Interval {
  readonly offset: Micros | undefined;
}

/**
 * The stretches of a zone that were asked about. They keep two days away from a clock change, and a zone less than a day from
 * UTC: so it does not matter whether what is asked about is an instant or a wall time.
 */
class Stretches {
  readonly #id: string;
  #known: Stretch[] = [];

  constructor(id: string) {
    this.#id = id;
  }

  offsetAt(time: Micros): Micros | undefined {
    for (const { start, end, offset } of this.#known) if (start <= time && time < end) return offset;
    const found = this.#find(time);
    // A report's week has three at most. Who asks about a century finds them anew now and then.
    this.#known = [found, ...this.#known.slice(0, MOST_KNOWN - 1)];
    return found.offset;
  }

  #find(time: Micros): Stretch {
    // A nanosecond on, since a change that happens just here is neither before nor after.
    const here = new Temporal.ZonedDateTime(BigInt(time) * 1000n + 1n, this.#id);
    const before = changeOf(here.getTimeZoneTransition("previous")) ?? -Infinity;
    const after = changeOf(here.getTimeZoneTransition("next")) ?? Infinity;
    if (time < before + MARGIN) return { start: before - MARGIN, end: before + MARGIN, offset: undefined };
    if (time >= after - MARGIN) return { start: after - MARGIN, end: after + MARGIN, offset: undefined };
    return { start: before + MARGIN, end: after - MARGIN, offset: here.offsetNanoseconds / 1000 };
  }
}

const MARGIN = 2 * DAY;
const MOST_KNOWN = 8;

function changeOf(transition: Temporal.ZonedDateTime | null): Micros | undefined {
  return transition === null ? undefined : transition.epochMilliseconds * 1000;
}
