/** Special hours on the very dates on which clocks change: each change of 2020 to 2030, in each zone that there is. */
import assert from "node:assert/strict";
import { excluded, openings } from "../../src/domain/openings/opening_rules.ts";
import type { OpeningTime } from "../../src/domain/openings/opening_time.ts";
import { everyDay, rulesOf, type StoreParts, timeOfDay } from "../support/build.ts";
import { exclusionsOf, openingsAround } from "../support/slow_reference.ts";
import { assertSameTimes } from "./same_times.ts";

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;

interface Change {
  readonly zone: string;
  readonly at: number;
  /** The dates that the zone's clock shows just before and just after. */
  readonly dates: readonly string[];
}

function changesOf(zone: string): Change[] {
  const found: Change[] = [];
  let time = Temporal.Instant.from("2020-01-01T00:00Z").toZonedDateTimeISO(zone);
  for (;;) {
    const next = time.getTimeZoneTransition("next");
    if (next === null || next.year > 2030) return found;
    const before = next.subtract({ nanoseconds: 1 }).toPlainDate();
    const dates = [before.subtract({ days: 1 }), before, next.toPlainDate()].map(String);
    found.push({ zone, at: next.epochMilliseconds * 1000, dates: [...new Set(dates)] });
    time = next;
  }
}

/** `22:00-02:00`; from 24:00 on, a time is on the next date. */
function times(...rows: readonly string[]): OpeningTime[] {
  return rows.map((row) => {
    const [start = "", end = ""] = row.split("-");
    return { start: timeOfDay(start), end: timeOfDay(end) };
  });
}

const SPECIAL = [
  times(),
  times("00:00-00:00"),
  times("00:30-02:30"),
  times("02:00-03:00", "01:15-01:45"),
  times("22:00-02:15"),
  times("23:30-23:30"),
  times("24:00-26:30"),
  times("20:00-25:30", "00:00-01:00"),
] as const;

const WEEKS = [undefined, everyDay("22:00", "02:30"), everyDay("00:15", "02:15"), []] as const;

/** A store for a change: which of its dates is special, in which way, and which week stands around it. */
function storeAt({ zone, dates }: Change, number: number): StoreParts {
  const date = dates[number % dates.length] ?? assert.fail();
  const special = { [date]: SPECIAL[number % SPECIAL.length] ?? [] };
  return {
    zone,
    hours: WEEKS[number % WEEKS.length],
    polls: [],
    special,
    exclusions: [{ from: `${date}T00:30:00`, to: `${date}T02:30:00` }],
  };
}

const CHANGES = Intl.supportedValuesOf("timeZone").flatMap(changesOf);

Deno.test("R63-R68: special hours and exclusions are right at every clock change of 2020 to 2030 in every zone", () => {
  assert.ok(CHANGES.length > 2000, `only ${CHANGES.length} changes`);
  let number = 0;
  for (const change of CHANGES) {
    // Five is prime to the lengths of the lists, so that all pairs come about.
    const store = storeAt(change, number += 5);
    const rules = rulesOf(store);
    const span = { start: change.at - 2 * DAY, end: change.at + 2 * DAY };
    assertSameTimes(openings(rules, span), openingsAround(store, span.start / SECOND, span.end / SECOND), span);
    assertSameTimes(excluded(rules, span), exclusionsOf(store), span);
  }
});
