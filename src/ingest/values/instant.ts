import { parseInstant, utcMidnight } from "../../domain/time/instant.ts";
import { DAY, HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import type { Clock } from "./clock.ts";
import { faultOfInstant, faultOfParts } from "./instant_faults.ts";
import { readInstantZone } from "./instant_zone.ts";
import { isTooLong, type Note, TOO_LONG, Unreadable, type ValueKind } from "./value.ts";

export const FRACTION_CUT = {
  code: "fraction_cut",
  message:
    "An instant has more than six fraction digits: the digits after the sixth, less than a microsecond, were dropped",
};
export const LEAP_SECOND = {
  code: "leap_second",
  message: "An instant is in a leap second (23:59:60): it was read as the first instant of the next minute",
};
export const UTC_BY_COLUMN = {
  code: "utc_by_column",
  message: "An instant has no time zone: it was read as UTC, as the name of its column says",
};

const DATED = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(.*)$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(.*)$/;
const WHOLE_NUMBER = /^\d+$/;

/** Whole numbers since 1970 by their digits: seconds, milliseconds, microseconds. */
const MICROS_PER_UNIT: ReadonlyMap<number, Micros> = new Map([[10, 1_000_000], [13, 1_000], [16, 1]]);

/** Before what the domain counts with, and from when on. */
const EARLIEST: Micros = 0;
const END: Micros = Date.UTC(2200, 0, 1) * 1000;

/** What a column of instants is called, and what follows from it. */
export interface InstantColumn {
  /** As the file writes it. */
  readonly name: string;
  /** Whether an instant without a zone is in UTC. */
  readonly isUtc: boolean;
}

/** Microseconds since 1970. */
export function instantKind(column: InstantColumn): ValueKind<Micros> {
  return {
    // Nearly all files are written in this one form, so that it is tried first.
    read: (text, note) => parseInstant(text) ?? readOddForm(text, { ...column, note }),
  };
}

interface Context extends InstantColumn {
  readonly note: Note;
}

function readOddForm(text: string, context: Context): Micros | Unreadable {
  if (isTooLong(text)) return TOO_LONG;
  const parts = DATED.exec(text) ?? COMPACT.exec(text);
  if (parts !== null) return readParts(parts, context);
  const unit = WHOLE_NUMBER.test(text) ? MICROS_PER_UNIT.get(text.length) : undefined;
  return unit === undefined ? faultOfInstant(text) : within(Number(text) * unit);
}

function readParts(parts: RegExpExecArray, { name, isUtc, note }: Context): Micros | Unreadable {
  const [, year, month, day, hour, minute, second = "0", fraction = "", zoneText = ""] = parts;
  const zone = readInstantZone(zoneText);
  if (zone instanceof Unreadable) return zone;
  if (zone === undefined && !isUtc) return withoutZone(name);
  const midnight = utcMidnight(Number(year), Number(month), Number(day));
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second), fraction };
  const fault = faultOfParts(midnight, clock);
  if (fault !== undefined) return fault;
  const instant = within((midnight ?? NaN) + timeOf(clock) - (zone ?? 0));
  if (instant instanceof Unreadable) return instant;
  if (zone === undefined) note(UTC_BY_COLUMN);
  if (clock.second === 60) note(LEAP_SECOND);
  else if (/[1-9]/.test(fraction.slice(6))) note(FRACTION_CUT);
  return instant;
}

/** A leap second has no instant of its own. */
function timeOf({ hour, minute, second, fraction }: Clock): Micros {
  if (second === 60) return DAY;
  return hour * HOUR + minute * MINUTE + second * SECOND + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

function within(instant: Micros): Micros | Unreadable {
  if (instant < EARLIEST) {
    return new Unreadable("instant_too_early", "is before 1970: correct the year, or leave the row out");
  }
  if (instant >= END) {
    return new Unreadable("instant_too_late", "is after 2199: correct the year or the unit of the number");
  }
  return instant;
}

function withoutZone(column: string): Unreadable {
  return new Unreadable(
    "instant_without_zone",
    "has no time zone: write Z behind it, or an offset such as -05:00. If all of the column is in UTC, name it so: " +
      `--column timestamp_utc=${column} (over HTTP ?column=timestamp_utc=${column}, in JSON timestamp_utc)`,
  );
}
