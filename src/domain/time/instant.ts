import { Temporal } from "temporal-polyfill";
import { DAY, HOUR, type Micros, MINUTE, SECOND } from "./interval.ts";

/** Instants that are taken in: after the clock of computers began, and well before microseconds outgrow a double. */
const EARLIEST: Micros = 0;
const LATEST: Micros = Date.UTC(2200, 0, 1) * 1000;

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)? ?(?:UTC|Z|([+-])(\d\d)(?::?(\d\d))?)$/i;

const DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads an instant: `2023-01-25 18:13:22.479220 UTC`, or ISO 8601 with `Z` or an offset, with 0 to 6 fraction digits.
 * Done with plain arithmetic, since a file has millions of them: Temporal takes ten times as long.
 *
 * @returns microseconds since 1970, or `undefined` if the text is no instant between 1970 and 2200
 */
export function parseInstant(text: string): Micros | undefined {
  const parts = FORM.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = "", sign, offsetHour = "0", offsetMinute = "0"] =
    parts;
  const midnight = utcMidnight(Number(year), Number(month), Number(day));
  const time = timeOfDay(Number(hour), Number(minute), Number(second));
  const offset = timeOfDay(Number(offsetHour), Number(offsetMinute), 0);
  if (midnight === undefined || time === undefined || offset === undefined) return undefined;
  const instant = midnight + time + Number(fraction.padEnd(6, "0")) + (sign === "-" ? offset : -offset);
  return instant >= EARLIEST && instant < LATEST ? instant : undefined;
}

/** Reads what people give as the as-of of a report: an instant, or a date alone, which means its 00:00 UTC. */
export function parseAsOf(text: string): Micros | undefined {
  return parseInstant(DATE.test(text) ? `${text}T00:00Z` : text);
}

/** Writes an instant as ISO 8601 in UTC, with as many fraction digits as it needs. */
export function formatInstant(instant: Micros): string {
  return new Temporal.Instant(BigInt(instant) * 1000n).toString();
}

/** Writes a date, given as the number of days since 1970: `2023-01-25`. */
export function formatDate(date: number): string {
  return formatInstant(date * DAY).slice(0, 10);
}

/** Writes an instant as ISO 8601 in UTC, with six fraction digits unless it is a whole second. */
export function formatInstantInFile(instant: Micros): string {
  const smallestUnit = instant % SECOND === 0 ? "second" : "microsecond";
  return new Temporal.Instant(BigInt(instant) * 1000n).toString({ smallestUnit });
}

/** The instant at which a date begins in UTC; `undefined` if there is no such date. */
export function utcMidnight(year: number, month: number, day: number): Micros | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 ? date.getTime() * 1000 : undefined;
}

function timeOfDay(hour: number, minute: number, second: number): Micros | undefined {
  return hour < 24 && minute < 60 && second < 60 ? hour * HOUR + minute * MINUTE + second * SECOND : undefined;
}
