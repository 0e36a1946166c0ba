/** Random calendars: versions of hours, special hours and exclusions, about an instant. */
import fc from "fast-check";
import type { OpeningTime } from "../../src/domain/openings/opening_time.ts";
import type { StoreParts, Written } from "../support/build.ts";
import { hoursRow, length, observedStore, weeklyHours } from "./arbitraries.ts";

const DAY = 86_400_000_000;

/** What a date can be given as special hours: closed, one or more openings, also such as begin after midnight. */
function specialTimes(unit: number): fc.Arbitrary<OpeningTime[]> {
  const usual = hoursRow(unit).map(({ start, end }) => ({ start, end }));
  const late = fc.tuple(length(0, DAY / 4, unit), length(unit, DAY / 2, unit))
    .map(([after, long]) => ({ start: DAY + after, end: DAY + after + long }));
  const long = fc.tuple(length(0, DAY - unit, unit), length(0, DAY - unit, unit))
    .map(([start, end]) => ({ start, end: DAY + end }));
  return fc.array(fc.oneof({ arbitrary: usual, weight: 4 }, late, long), { maxLength: 2 });
}

/** The ISO dates in UTC about an instant. */
function datesAround(at: number): fc.Arbitrary<string> {
  return fc.integer({ min: -9, max: 2 }).map((days) => isoOf(at + days * DAY).slice(0, 10));
}

function isoOf(at: number): string {
  return new Temporal.Instant(BigInt(at) * 1000n).toString();
}

function exclusionAround(at: number, unit: number): fc.Arbitrary<Written> {
  const from = fc.oneof(length(-8 * DAY, DAY, unit), length(-DAY / 8, DAY / 8, unit));
  return fc.record({ from, long: length(unit, 2 * DAY, unit), isLocal: fc.boolean() }).map(
    ({ from, long, isLocal }) => {
      const [start = "", end = ""] = [at + from, at + from + long].map(isoOf);
      return isLocal ? { from: start.slice(0, -1), to: end.slice(0, -1) } : { from: start, to: end };
    },
  );
}

/** Versions, special hours and exclusions about an instant: all that a calendar can hold beside its first week. */
export function calendarAround(at: number, unit: number): fc.Arbitrary<Partial<StoreParts>> {
  const dates = (maxKeys: number) => fc.dictionary(datesAround(at), specialTimes(unit), { maxKeys });
  return fc.record({
    later: fc.dictionary(datesAround(at), weeklyHours(unit).map((hours) => hours ?? []), { maxKeys: 2 }),
    special: dates(4),
    ofAll: dates(3),
    exclusions: fc.array(exclusionAround(at, unit), { maxLength: 3 }),
  }, { requiredKeys: [] });
}

/** A store with a calendar, polls in runs, and an as-of near a clock change. */
export function datedStore(unit: number): fc.Arbitrary<{ store: StoreParts; asOf: number; staleAfter: number }> {
  return observedStore(unit).chain(({ store, ...question }) =>
    calendarAround(question.asOf, unit).map((calendar) => ({ store: { ...store, ...calendar }, ...question }))
  );
}
