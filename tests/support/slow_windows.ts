/**
 * When windows by calendar are, in a second style: dates by Temporal, and instants by a walk from minute to minute that looks at the local
 * date. Slow, obvious, and without a line of src/domain.
 */
import type { Ends } from "./slow_reference.ts";

const HOUR = 3_600_000_000n;

/** What decides when a window is, beside its name. */
export interface SlowMoment {
  /** Microseconds since 1970. */
  readonly asOf: number;
  readonly endsAtFullHour: boolean;
  readonly zone: string;
}

/** A window by its name, cut where windows end. One that ends in `.previous` is the one before. */
export function slowWindow(name: string, { asOf, endsAtFullHour, zone }: SlowMoment): Ends {
  const now = BigInt(asOf);
  const latest = endsAtFullHour ? now - (((now % HOUR) + HOUR) % HOUR) : now;
  const [own = "", previous] = name.split(".prev");
  const whole = wholeWindow(own, latest, zone);
  if (previous === undefined) return cutTo(whole, latest);
  return isByDates(own) ? datesBefore(own, latest, zone) : lengthBefore(cutTo(whole, latest));
}

function cutTo({ start, end }: Ends, latest: bigint): Ends {
  const cut = end < latest ? end : latest;
  return { start, end: cut > start ? cut : start };
}

function isByDates(name: string): boolean {
  return !name.startsWith("last_") && !name.includes("T");
}

function lengthBefore({ start, end }: Ends): Ends {
  return { start: start - (end - start), end: start };
}

/** Goes back with Temporal's own arithmetic of months and days. */
function datesBefore(name: string, latest: bigint, zone: string): Ends {
  const now = new Temporal.Instant(latest * 1000n).toZonedDateTimeISO(zone).toPlainDateTime();
  const { first, next } = slowDates(name, now.toPlainDate());
  const isMonth = name.endsWith("_month") || /^\d{4}-\d\d$/.test(name);
  const step = isMonth ? { months: 1 } : { days: first.until(next).days };
  const start = firstMomentFrom(first.subtract(step), zone);
  const end = firstMomentFrom(first, zone);
  if (firstMomentFrom(next, zone) <= latest) return { start, end };
  const sameTime = now.subtract(step).toZonedDateTime(zone, { disambiguation: "compatible" });
  return cutTo({ start, end }, sameTime.epochNanoseconds / 1000n);
}

const LENGTHS: Readonly<Record<string, bigint>> = { m: HOUR / 60n, h: HOUR, d: 24n * HOUR, w: 168n * HOUR };

function wholeWindow(name: string, latest: bigint, zone: string): Ends {
  const [, count = "1", unit = ""] = /^last_(\d+)([mhdw])$/.exec(name.replace(/^last_([hdw]).*/, "last_1$1")) ?? [];
  const length = LENGTHS[unit];
  if (length !== undefined) return { start: latest - BigInt(count) * length, end: latest };
  const [from = "", to = ""] = name.split("/");
  if (from.includes("T")) return { start: microsOf(from), end: microsOf(to) };
  const today = new Temporal.Instant(latest * 1000n).toZonedDateTimeISO(zone).toPlainDate();
  const { first, next } = slowDates(name, today);
  return { start: firstMomentFrom(first, zone), end: firstMomentFrom(next, zone) };
}

function microsOf(text: string): bigint {
  return Temporal.Instant.from(text).epochNanoseconds / 1000n;
}

interface Dates {
  readonly first: Temporal.PlainDate;
  readonly next: Temporal.PlainDate;
}

function slowDates(name: string, today: Temporal.PlainDate): Dates {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const month = today.with({ day: 1 });
  switch (name) {
    case "today":
      return { first: today, next: today.add({ days: 1 }) };
    case "yesterday":
      return { first: today.subtract({ days: 1 }), next: today };
    case "this_week":
      return { first: monday, next: monday.add({ days: 7 }) };
    case "previous_week":
      return { first: monday.subtract({ days: 7 }), next: monday };
    case "this_month":
      return { first: month, next: month.add({ months: 1 }) };
    case "previous_month":
      return { first: month.subtract({ months: 1 }), next: month };
    default:
      return namedDates(name);
  }
}

function namedDates(name: string): Dates {
  const [from = "", to] = name.split("/");
  if (to !== undefined) return { first: Temporal.PlainDate.from(from), next: Temporal.PlainDate.from(to) };
  if (name.includes("W")) return weekDates(name);
  const first = Temporal.PlainDate.from(name.length === 7 ? `${name}-01` : name);
  return { first, next: first.add(name.length === 7 ? { months: 1 } : { days: 1 }) };
}

/** Looks at each date of the year, and a few around it, for the week's number. */
function weekDates(name: string): Dates {
  const [year, week] = name.split("-W").map(Number);
  let date = new Temporal.PlainDate(year ?? NaN, 1, 1).subtract({ days: 10 });
  while (date.yearOfWeek !== year || date.weekOfYear !== week) date = date.add({ days: 1 });
  return { first: date, next: date.add({ days: 7 }) };
}

const walked = new Map<string, bigint>();

/** The first moment at which a zone's calendar has come to a date, or beyond it. Windows begin and end at the same ones. */
export function firstMomentFrom(date: Temporal.PlainDate, zone: string): bigint {
  const key = `${date} ${zone}`;
  const moment = walked.get(key) ?? walkTo(date, zone);
  walked.set(key, moment);
  return moment;
}

/** Walks by minutes, then by seconds. */
function walkTo(date: Temporal.PlainDate, zone: string): bigint {
  const isThere = (second: number) =>
    Temporal.PlainDate.compare(
      Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(zone).toPlainDate(),
      date,
    ) >= 0;
  let second = date.toZonedDateTime("UTC").epochMilliseconds / 1000 - 36 * 3600;
  while (!isThere(second)) second += 60;
  for (second -= 60; !isThere(second);) second++;
  return BigInt(second) * 1_000_000n;
}
