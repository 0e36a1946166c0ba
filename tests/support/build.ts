/** Builders, so that a test reads as a sentence: `poll("09:00", "active")`. */
import {
  type BusinessHours,
  type HoursVersion,
  NO_BEGINNING,
  type WeeklyHours,
} from "../../src/domain/openings/business_hours.ts";
import type { Exclusion } from "../../src/domain/openings/exclusion.ts";
import type { OpeningTime } from "../../src/domain/openings/opening_time.ts";
import { type Calendar, NO_CALENDAR, type OpeningRules } from "../../src/domain/openings/opening_rules.ts";
import type { SpecialHours } from "../../src/domain/openings/special_hours.ts";
import type { Micros } from "../../src/domain/time/interval.ts";
import { type MethodName, METHODS } from "../../src/domain/method.ts";
import { inOrder, type Polls, type Status } from "../../src/domain/polls/poll.ts";
import type { StoreFacts } from "../../src/domain/measures/store_time.ts";
import { type ReportRow, reportRow } from "./row.ts";
import { zoneOf } from "./runtime_rules.ts";

/** The day on which a test takes place unless it names another: a Wednesday. */
export const TODAY = "2023-01-25";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface Poll {
  readonly at: Micros;
  readonly status: Status;
}

/** A store as a test says it; `store` makes of it what the domain reads. */
export interface StoreParts {
  readonly zone: string;
  /** The version without a beginning. */
  readonly hours: WeeklyHours;
  readonly polls: readonly Poll[];
  /** Later versions, by the date from which they hold: `2023-01-25`. */
  readonly later?: Dated<readonly BusinessHours[]>;
  /** Special hours, by their date: those of the store, and those of all stores. */
  readonly special?: Dated<readonly OpeningTime[]>;
  readonly ofAll?: Dated<readonly OpeningTime[]>;
  readonly exclusions?: readonly Written[];
}

export type Dated<Value> = Readonly<Record<string, Value>>;

/** The ends of an exclusion: both instants, such as `2023-01-25T09:00:00Z`, or both local. */
export interface Written {
  readonly from: string;
  readonly to: string;
}

/** In UTC: `instant("09:00")` is today, `instant("2023-01-24 09:00:00.5")` is another day. */
export function instant(text: string): Micros {
  const dated = text.includes("-") ? text.replace(" ", "T") : `${TODAY}T${text}`;
  return Number(Temporal.Instant.from(`${dated}Z`).epochNanoseconds / 1000n);
}

/** An instant as text, easier to read than a number in a test that fails: `2023-01-25 09:00`. */
export function text(at: Micros): string {
  return new Temporal.Instant(BigInt(at) * 1000n).toString().replace("T", " ").replace(/(:00)?Z$/, "");
}

export function poll(at: string, status: Status): Poll {
  return { at: instant(at), status };
}

/** Microseconds after midnight: `timeOfDay("24:00")` is a whole day. */
export function timeOfDay(clock: string): Micros {
  const [hour, minute, second] = clock.split(":");
  return Math.round((Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0)) * 1_000_000);
}

export function hours(day: Weekday, start: string, end: string): BusinessHours {
  return { day: WEEKDAYS.indexOf(day), start: timeOfDay(start), end: timeOfDay(end) };
}

export function everyDay(start: string, end: string): BusinessHours[] {
  return WEEKDAYS.map((day) => hours(day, start, end));
}

/** Polls in the order in which they are given, put in order by the domain. */
export function columns(polls: readonly Poll[]): Polls {
  return inOrder(
    Float64Array.from(polls, ({ at }) => at),
    Uint8Array.from(polls, ({ status }) => (status === "active" ? 1 : 0)),
  );
}

export function store(parts: Partial<StoreParts>): StoreFacts {
  return { rules: rulesOf(parts), polls: columns(parts.polls ?? []) };
}

export function rulesOf({ zone = "UTC", ...parts }: Partial<StoreParts>): OpeningRules {
  return { timezone: zoneOf(zone), ...calendarOf(parts) };
}

/** A calendar that has weekly hours alone. */
export function weekly(hours: WeeklyHours): Calendar {
  return calendarOf({ hours });
}

function calendarOf({ hours, later = {}, special, ofAll, exclusions = [] }: Partial<StoreParts>): Calendar {
  const first = hours === undefined ? [] : [{ from: NO_BEGINNING, hours }];
  const others = Object.entries(later).map(([date, hours]): HoursVersion => ({ from: epochDay(date), hours }));
  return {
    ...NO_CALENDAR,
    versions: [...first, ...others.toSorted((a, b) => a.from - b.from)],
    special: [special, ofAll].flatMap((dates) => dates === undefined ? [] : [specialHours(dates)]),
    exclusions: exclusions.map(exclusion),
  };
}

function specialHours(dates: Dated<readonly OpeningTime[]>): SpecialHours {
  return new Map(Object.entries(dates).map(([date, times]) => [epochDay(date), times]));
}

export function epochDay(date: string): number {
  return Temporal.PlainDate.from("1970-01-01").until(date).days;
}

export function exclusion({ from, to }: Written): Exclusion {
  const isLocal = !from.endsWith("Z");
  const [start, end] = [from, to].map((text) => instant(text.replace("T", " ").replace("Z", "")));
  return { isLocal, from: start ?? NaN, to: end ?? NaN };
}

/** The report row of a store in microseconds; `asOf` as `instant` reads it. */
export function rowOf(parts: Partial<StoreParts>, asOf: string, method: MethodName = "step"): ReportRow {
  return reportRow(store(parts), instant(asOf), METHODS[method]);
}
