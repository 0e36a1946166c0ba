/** Random windows near an instant, by their names. */
import fc from "fast-check";
import { length } from "./arbitraries.ts";

const DAY = 86_400_000_000;

/** A window of any kind that lies within some weeks of an instant; some of it, or all, may lie after it. */
export function windowNear(at: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("last_hour", "last_day", "last_week", "today", "yesterday"),
    fc.constantFrom("this_week", "previous_week", "this_month", "previous_month"),
    fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom("m", "h")).map(([n, unit]) => `last_${n}${unit}`),
    fc.integer({ min: 1, max: 12 }).map((n) => `last_${n}d`),
    dateNear(at).map((date) => date.toString()),
    dateNear(at).map((date) => `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, "0")}`),
    dateNear(at).map((date) => date.toString().slice(0, 7)),
    fc.tuple(dateNear(at), fc.integer({ min: 1, max: 12 })).map(([from, days]) => `${from}/${from.add({ days })}`),
    instants(at),
  );
}

function dateNear(at: number): fc.Arbitrary<Temporal.PlainDate> {
  const date = new Temporal.Instant(BigInt(at) * 1000n).toZonedDateTimeISO("UTC").toPlainDate();
  return fc.integer({ min: -10, max: 3 }).map((days) => date.add({ days }));
}

/** Two instants, with a zone that is not UTC, to the second: names of windows have offsets of whole minutes. */
function instants(at: number): fc.Arbitrary<string> {
  const whole = Math.floor(at / 1_000_000) * 1_000_000;
  return fc.tuple(length(-9 * DAY, DAY, 1_000_000), length(1_000_000, 9 * DAY, 1_000_000)).map(([from, long]) =>
    [whole + from, whole + from + long]
      .map((instant) =>
        new Temporal.Instant(BigInt(instant) * 1000n).toString({ timeZone: "+05:30", smallestUnit: "second" })
      )
      .join("/")
  );
}
