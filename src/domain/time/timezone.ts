import { DAY, HOUR, type Interval, type Micros, MINUTE } from "./interval.ts";
import { changesUpTo, type ZoneChanges, type ZoneRule, type ZoneRules } from "./zone_rules.ts";

/** The zone of a store for which none is known. */
export const DEFAULT_TIMEZONE = "America/Chicago";

/** A calendar date as the number of days since 1970-01-01. */
export type EpochDay = number;

/** One zone's wall clock: the only place where local time becomes an instant. */
export interface Timezone {
  readonly id: string;
  readonly changes: ZoneChanges;
  /**
   * The instant at which this zone's clock shows a time of day on a date, by Temporal's `compatible` rule: a time that
   * a clock change skips moves forward by the gap, a time that occurs twice is its first occurrence.
   */
  instantOf(date: EpochDay, timeOfDay: Micros): Micros;
  /** The date that this zone's calendar shows at an instant. */
  dateAt(instant: Micros): EpochDay;
  /** How far this zone's clock is ahead of UTC at an instant; less than zero if it is behind. */
  offsetAt(instant: Micros): Micros;
}

/**
 * Opens a zone by its name in the rules, in any letter case, or an offset such as `+05:30`, which always holds. Away from clock changes it counts with the one offset that holds
 * there: a search for each wall time was the most expensive thing in a report.
 *
 * @throws {RangeError} if the rules have no zone of this name, and it is no offset
 */
export function openTimezone(name: string, zoneRules: ZoneRules): Timezone {
  const rule = zoneRules.zones.get(name.toLowerCase()) ?? fixedOffset(name);
  if (rule === undefined) throw new RangeError(`"${name}" is not an IANA time zone`);
  return timezoneOf(rule);
}

function timezoneOf(changes: ZoneRule): Timezone {
  const stretches = new Stretches(changes);
  const offsetAt = (instant: Micros) => stretches.offsetAt(instant) ?? offsetOf(changes, changesUpTo(changes, instant));
  return {
    id: changes.id,
    changes,
    instantOf(date, timeOfDay) {
      const local = date * DAY + timeOfDay;
      const offset = stretches.offsetAt(local);
      return offset === undefined ? toInstant(changes, local) : local - offset;
    },
    dateAt: (instant) => Math.floor((instant + offsetAt(instant)) / DAY),
    offsetAt,
  };
}

const OFFSET = /^([+-])(\d\d):(\d\d)$/;

function fixedOffset(name: string): ZoneRule | undefined {
  const [, sign, hours, minutes] = OFFSET.exec(name) ?? [];
  if (sign === undefined) return undefined;
  const ahead = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return { id: name, at: new Float64Array(0), offsets: Float64Array.of(sign === "-" ? -ahead : ahead) };
}

function offsetOf({ offsets }: ZoneChanges, place: number): Micros {
  return offsets[place] ?? NaN;
}

/** A zone's clock differs from UTC by less: an instant and its wall time have no more than this between them. */
const REACH = 2 * DAY;

/**
 * Reads a wall time, given as if its zone were UTC. Goes through the stretches of one offset around it: the first one that
 * shows it has its first occurrence. If none does, it lies in the gap before the first stretch that begins after it, and the
 * offset before the gap moves it forward by the gap.
 */
function toInstant(changes: ZoneChanges, local: Micros): Micros {
  const last = changesUpTo(changes, local + REACH);
  let skipped = NaN;
  for (let place = changesUpTo(changes, local - REACH); place <= last; place++) {
    const instant = local - offsetOf(changes, place);
    const { start, end } = stretchAt(changes, place);
    if (start <= instant && instant < end) return instant;
    if (instant < start && Number.isNaN(skipped)) skipped = local - offsetOf(changes, place - 1);
  }
  return skipped;
}

/** The time between two changes. */
function stretchAt({ at }: ZoneChanges, place: number): Interval {
  return { start: at[place - 1] ?? -Infinity, end: at[place] ?? Infinity };
}

/** A stretch of time for which a zone has one offset, in microseconds; or the days around a clock change, for which it has none. */
interface Stretch extends Interval {
  readonly offset: Micros | undefined;
}

/**
 * The stretches of a zone that were asked about. They keep two days away from a clock change, and a zone less than two days from
 * UTC: so it does not matter whether what is asked about is an instant or a wall time.
 */
class Stretches {
  readonly #changes: ZoneChanges;
  #known: Stretch[] = [];

  constructor(changes: ZoneChanges) {
    this.#changes = changes;
  }

  offsetAt(time: Micros): Micros | undefined {
    for (const { start, end, offset } of this.#known) if (start <= time && time < end) return offset;
    const found = this.#find(time);
    // A report's week has three at most. A caller that asks about a century finds some of them again now and then.
    this.#known = [found, ...this.#known.slice(0, MOST_KNOWN - 1)];
    return found.offset;
  }

  #find(time: Micros): Stretch {
    const place = changesUpTo(this.#changes, time);
    const { start, end } = stretchAt(this.#changes, place);
    if (time < start + REACH) return { start: start - REACH, end: start + REACH, offset: undefined };
    if (time >= end - REACH) return { start: end - REACH, end: end + REACH, offset: undefined };
    return { start: start + REACH, end: end - REACH, offset: offsetOf(this.#changes, place) };
  }
}

const MOST_KNOWN = 8;

/** Universal time, which needs no rules. */
export const UTC: Timezone = timezoneOf({ id: "UTC", at: new Float64Array(0), offsets: new Float64Array(1) });
