/** Random stores that live where clocks do the oddest things. */
import fc from "fast-check";
import type { BusinessHours, WeeklyHours } from "../../src/domain/openings/business_hours.ts";
import type { Method } from "../../src/domain/method.ts";
import { type Interval, merge } from "../../src/domain/time/interval.ts";
import { instant, type Poll, type StoreParts } from "../support/build.ts";

export const MICROSECOND = 1;
export const TWO_SECONDS = 2_000_000;

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;

/** Clock changes that break programs, as a zone and an instant close to the change. */
export const ODD_CHANGES = [
  ["America/Sao_Paulo", "2018-11-04 03:00"], // no midnight
  ["Africa/Cairo", "2023-04-27 22:00"], // no midnight
  ["Africa/Cairo", "2010-08-10 21:00"], // twice within a month, for Ramadan
  ["Africa/Casablanca", "2023-03-19 02:00"], // back for Ramadan
  ["Asia/Beirut", "2022-03-26 22:00"], // no midnight
  ["America/Havana", "2023-03-12 05:00"], // no midnight
  ["America/Havana", "2023-11-05 05:00"], // midnight twice
  ["Asia/Amman", "2021-03-25 22:00"], // no midnight
  ["America/Asuncion", "2023-10-01 04:00"], // no midnight
  ["Atlantic/Azores", "2023-10-29 01:00"], // midnight twice
  ["Australia/Lord_Howe", "2023-09-30 15:30"], // half an hour
  ["Australia/Lord_Howe", "2023-04-01 15:00"],
  ["Pacific/Apia", "2011-12-30 10:00"], // no 30 December
  ["Pacific/Fakaofo", "2011-12-30 11:00"],
  ["Pacific/Kwajalein", "1993-08-21 12:00"], // no 21 August
  ["Pacific/Kwajalein", "1969-09-30 13:00"], // 23 hours twice
  ["America/St_Johns", "2006-10-29 02:31"], // back over midnight, at 00:01
  ["America/St_Johns", "2006-04-02 03:31"],
  ["America/St_Johns", "1988-10-30 02:31"], // back by an hour, from double summer time
  ["America/Caracas", "2007-12-09 07:00"], // half an hour, for good
  ["Asia/Pyongyang", "2018-05-04 15:00"], // half an hour over midnight
  ["Antarctica/Troll", "2023-03-26 01:00"], // two hours
  ["Asia/Kathmandu", "1985-12-31 18:30"], // a quarter of an hour
  ["Africa/Monrovia", "1972-01-07 00:44:30"], // seconds
  ["Europe/Dublin", "2023-10-29 01:00"], // winter time is the summer time
  ["America/Chicago", "2023-03-12 08:00"],
  ["America/Chicago", "2023-11-05 07:00"],
  ["Asia/Kolkata", "2023-01-25 00:00"],
] as const;

const ZONES = Intl.supportedValuesOf("timeZone");
const FIRST = instant("1930-01-01 00:00");
const LAST = instant("2037-12-31 00:00");

/** A zone and an instant: a change of its clock where there is one to be found. */
export const zoneAndChange: fc.Arbitrary<{ zone: string; change: number }> = fc.oneof(
  fc.constantFrom(...ODD_CHANGES).map(([zone, change]) => ({ zone, change: instant(change) })),
  fc.record({ zone: fc.constantFrom(...ZONES), from: fc.integer({ min: FIRST / MINUTE, max: LAST / MINUTE }) })
    .map(({ zone, from }) => ({ zone, change: nextChange(zone, from * MINUTE) })),
);

function nextChange(zone: string, from: number): number {
  const next = Temporal.Instant.fromEpochMilliseconds(from / 1000).toZonedDateTimeISO(zone)
    .getTimeZoneTransition("next");
  return next === null ? from : next.epochMilliseconds * 1000;
}

/** A length of time between two others, in steps of `unit`, with whole minutes and half hours more often than by chance. */
export function length(min: number, max: number, unit: number): fc.Arbitrary<number> {
  const inSteps = (step: number) =>
    fc.integer({ min: Math.ceil(min / step), max: Math.floor(max / step) }).map((steps) => steps * step);
  return fc.oneof(inSteps(unit), inSteps(MINUTE), inSteps(30 * MINUTE));
}

function timeOfDay(max: number, unit: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(0, MINUTE, 1380 * MINUTE, max),
    length(0, 4 * 60 * MINUTE, unit),
    length(0, max, unit),
  );
}

/** One row of weekly hours. */
export function hoursRow(unit: number): fc.Arbitrary<BusinessHours> {
  const start = timeOfDay(DAY - 30 * MINUTE, unit);
  const row = fc.record({ day: fc.integer({ min: 0, max: 6 }), start, end: timeOfDay(DAY, unit) });
  return fc.oneof(row, row.map(({ day, start }) => ({ day, start, end: start })));
}

/** Unknown, none, the same every day, or rows that overlap, repeat, touch, go over midnight, and leave days out. */
export function weeklyHours(unit: number): fc.Arbitrary<WeeklyHours> {
  const row = hoursRow(unit);
  const daily = row.map(({ start, end }) => [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start, end })));
  const some = fc.array(row, { minLength: 1, maxLength: 8 });
  const repeated = some.map((rows) => [...rows, ...rows]);
  const none = fc.constantFrom<WeeklyHours>(undefined, []);
  return fc.oneof(
    { arbitrary: none, weight: 1 },
    { arbitrary: daily, weight: 3 },
    { arbitrary: some, weight: 5 },
    { arbitrary: repeated, weight: 1 },
  );
}

/** In any order; before the week, in it, at as-of, after it; alone, in runs an hour apart, and several at one instant. */
export function pollsAround(asOf: number, unit: number): fc.Arbitrary<Poll[]> {
  const at = fc.oneof(
    fc.constant(asOf),
    length(-60 * MINUTE, 30 * MINUTE, unit).map((offset) => asOf + offset),
    length(-9 * DAY, DAY / 8, unit).map((offset) => asOf + offset),
  );
  const status = fc.constantFrom("active", "inactive");
  const near = fc.constantFrom(0, 0, unit, 30 * MINUTE, 60 * MINUTE - unit, 60 * MINUTE, 60 * MINUTE + unit);
  const pair = fc.tuple(at, near, status, status).map(([at, apart, first, second]): Poll[] => [
    { at, status: first },
    { at: at - apart, status: second },
  ]);
  const one = fc.record({ at, status }).map((poll): Poll[] => [poll]);
  return fc.array(fc.oneof(one, pair), { maxLength: 6 }).map((polls) => polls.flat());
}

/** A store, and an as-of within nine days of a clock change. */
export function storeAndAsOf(unit: number): fc.Arbitrary<{ store: StoreParts; asOf: number }> {
  return fc.record({ place: zoneAndChange, after: length(-DAY, 8 * DAY, unit), hours: weeklyHours(unit) })
    .chain(({ place: { zone, change }, after, hours }) => {
      const asOf = Math.round((change + after) / unit) * unit;
      return pollsAround(asOf, unit).map((polls) => ({ store: { zone, hours, polls }, asOf }));
    });
}

/** How long a poll is fresh: the usual length, the shortest, the longest, and any between. */
export function staleAfter(unit: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(120 * MINUTE, MINUTE, 7 * DAY, 60 * MINUTE),
    length(MINUTE, 4 * 60 * MINUTE, unit),
    length(MINUTE, 7 * DAY, unit),
  );
}

/**
 * A store that is polled in runs, with gaps that are just as long as a poll is fresh, a little shorter, a little longer, or of
 * any length; and an as-of that may lie days after its last poll.
 */
export function observedStore(unit: number): fc.Arbitrary<{ store: StoreParts; asOf: number; staleAfter: number }> {
  return fc.tuple(storeAndAsOf(unit), staleAfter(unit)).chain(([{ store, asOf }, staleAfter]) =>
    fc.tuple(pollRun(asOf, staleAfter, unit), fc.constantFrom(0, 0, 30 * MINUTE, 3 * DAY))
      .map(([run, late]) => ({ store: { ...store, polls: [...store.polls, ...run] }, asOf: asOf + late, staleAfter }))
  );
}

/** Backwards from about as-of. */
function pollRun(asOf: number, staleAfter: number, unit: number): fc.Arbitrary<Poll[]> {
  const gap = fc.oneof(
    fc.constantFrom(staleAfter, staleAfter - unit, staleAfter + unit),
    length(unit, 90 * MINUTE, unit),
    length(unit, DAY, unit),
  );
  const status = fc.constantFrom("active", "inactive", "inactive");
  const steps = fc.array(fc.tuple(gap, status), { maxLength: 12 });
  return fc.tuple(length(-60 * MINUTE, 90 * MINUTE, unit), steps).map(([after, steps]) => {
    let at = asOf + after;
    return steps.map(([gap, status]): Poll => ({ at: at -= gap, status }));
  });
}

/** Exclusions about the week before as-of, merged as opening rules will give them. */
export function exclusionsAround(asOf: number): fc.Arbitrary<Interval[]> {
  const one = fc.tuple(length(-8 * DAY, DAY / 8, MICROSECOND), length(1, 2 * DAY, MICROSECOND))
    .map(([from, long]) => ({ start: asOf + from, end: asOf + from + long }));
  return fc.array(one, { maxLength: 3 }).map(merge);
}

/** Any choice on each axis, not the presets alone. */
export const anyMethod: fc.Arbitrary<Method> = fc.record({
  pollSpeaksFor: fc.constantFrom("until next poll", "until next poll, at most stale_after", "30 minutes around"),
  pollsUsed: fc.constantFrom("all", "inside openings"),
  unobserved: fc.constantFrom("uptime", "neither"),
  closed: fc.constantFrom("left out", "uptime"),
  windowsEnd: fc.constantFrom("as-of", "full hour"),
});
