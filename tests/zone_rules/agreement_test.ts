/** The zone rules and their arithmetic beside Temporal, in all zones. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { DAY, HOUR, type Interval, type Micros, MINUTE } from "../../src/domain/time/interval.ts";
import { METHOD_NAMES, METHODS } from "../../src/domain/method.ts";
import { reportRow } from "../support/row.ts";
import { openTimezone, type Timezone } from "../../src/domain/time/timezone.ts";
import { MICROSECOND, storeAndAsOf } from "../domain/arbitraries.ts";
import { instant, store as facts } from "../support/build.ts";
import { difference } from "../support/rule_differences.ts";
import { RULES } from "../support/rules.ts";
import { RUNTIME_RULES, zoneOf } from "../support/runtime_rules.ts";

const ZONES = [...RULES.zones.values()].map(({ id }) => id);
/** Instants that Storewatch reads. */
const READ = { start: instant("1970-01-01 00:00"), end: instant("2200-01-01 00:00") };
const SOURCES = [RULES, RUNTIME_RULES] as const;

/** Where the pinned rules, 2026f, and those of Deno 2.9.6, 2025b, give other offsets, by years. */
const DIFFERENT: Readonly<Record<string, string>> = {
  // Permanent time since 2026.
  "Africa/Casablanca": "2026–2199",
  "Africa/El_Aaiun": "2026–2199",
  "America/Edmonton": "2026–2199",
  "America/Inuvik": "2026–2199",
  "America/Rainy_River": "2026–2199",
  "America/Vancouver": "2026–2199",
  "America/Winnipeg": "2026–2199",
  "America/Yellowknife": "2026–2199",
  "Canada/Central": "2026–2199",
  "Canada/Mountain": "2026–2199",
  "Canada/Pacific": "2026–2199",
  // No change of clocks in autumn 2026.
  "America/Havana": "2026–2027",
  "Cuba": "2026–2027",
  // The changes of clocks of the European Union since 2022.
  "Europe/Chisinau": "2022–2199",
  "Europe/Tiraspol": "2022–2199",
  // The past, corrected.
  "America/Bogota": "1992–1992",
  "America/Ensenada": "1970–1975",
  "America/Santa_Isabel": "1970–1975",
  "America/Tijuana": "1970–1975",
  "Asia/Tehran": "1979–1979",
  "Iran": "1979–1979",
  "Mexico/BajaNorte": "1970–1975",
};

function years({ start, end }: Interval): string {
  const year = (at: Micros) => new Date(at / 1000).getUTCFullYear();
  return `${year(start)}–${year(end - 1)}`;
}

Deno.test("the pinned rules and the runtime's agree in all zones and years but those that later releases changed", () => {
  assert.equal(ZONES.length, 597);
  const found = Object.fromEntries(ZONES.flatMap((zone) => {
    const different = difference(zone, SOURCES, READ);
    return different === undefined ? [] : [[zone, years(different)]];
  }));
  assert.deepEqual(found, DIFFERENT);
});

/** By Temporal, as `compatible` says. */
function temporalInstant(zone: string, local: Micros): Micros {
  const wall = new Temporal.ZonedDateTime(BigInt(local) * 1000n, "UTC").toPlainDateTime();
  return Number(wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochNanoseconds / 1000n);
}

function temporalDate(zone: string, at: Micros): number {
  return new Temporal.ZonedDateTime(BigInt(at) * 1000n, zone).toPlainDate().toZonedDateTime("UTC").epochMilliseconds *
    1000 / DAY;
}

function instantOf(timezone: Timezone, local: Micros): Micros {
  const date = Math.floor(local / DAY);
  return timezone.instantOf(date, local - date * DAY);
}

Deno.test("R24-R26: around every change of every zone since 1880, a wall time is read as Temporal reads it", () => {
  const [first, last] = [instant("1880-01-01 00:00"), instant("2040-01-01 00:00")];
  let read = 0;
  for (const zone of ZONES) {
    const timezone = zoneOf(zone);
    const { at, offsets } = timezone.changes;
    for (const [place, change] of at.entries()) {
      if (change < first || change >= last) continue;
      const [before = NaN, after = NaN] = [offsets[place], offsets[place + 1]];
      // Both ends of the gap or of the time that comes twice, its middle, and a microsecond beside them.
      const walls = [change + before, change + after, change + Math.round((before + after) / 2)];
      for (const wall of walls.flatMap((wall) => [wall - 1, wall])) {
        read++;
        if (instantOf(timezone, wall) !== temporalInstant(zone, wall)) {
          assert.fail(`${zone}: ${new Date(wall / 1000).toISOString()} is read otherwise than by Temporal`);
        }
      }
    }
  }
  assert.ok(read > 200_000, `${read}`);
});

const anyZone = fc.constantFrom(...ZONES);
const anyTime = fc.integer({ min: READ.start / MINUTE, max: READ.end / MINUTE - 1 }).map((minutes) => minutes * MINUTE);

function agree(zone: string, span: Interval): boolean {
  return difference(zone, SOURCES, span) === undefined;
}

Deno.test("R20, R24: in any zone and at any time in which the rules agree, wall times and dates are Temporal's", () => {
  fc.assert(
    fc.property(anyZone, anyTime, (zone, at) => {
      fc.pre(agree(zone, { start: at - 2 * DAY, end: at + 2 * DAY }));
      const timezone = openTimezone(zone, RULES);
      assert.equal(instantOf(timezone, at), temporalInstant(zone, at));
      assert.equal(timezone.dateAt(at), temporalDate(zone, at));
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("where the rules agree, they make the same row of any store by any method", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), fc.constantFrom(...METHOD_NAMES), ({ store, asOf }, method) => {
      fc.pre(agree(store.zone, { start: asOf - 12 * DAY, end: asOf + 2 * DAY }));
      const runtime = facts(store);
      const pinned = { ...runtime, timezone: openTimezone(store.zone, RULES) };
      assert.deepEqual(reportRow(pinned, asOf, METHODS[method]), reportRow(runtime, asOf, METHODS[method]));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("a wall time in a gap may come again after a second change: then it is that time", () => {
  // Clocks go forward two hours at 02:00, and back an hour ten minutes later: 03:30 is skipped, then shown once.
  const at = instant("2030-01-01 02:00");
  const zone = openTimezone("Test/Town", {
    version: "test",
    source: "a test",
    zones: new Map([["test/town", {
      id: "Test/Town",
      at: Float64Array.of(at, at + 10 * MINUTE),
      offsets: Float64Array.of(0, 2 * HOUR, HOUR),
    }]]),
  });
  assert.equal(instantOf(zone, at + 90 * MINUTE), at + 30 * MINUTE);
  // 02:30 is skipped for good, and moves forward by the gap: as far after the first change as it is after 02:00.
  assert.equal(instantOf(zone, at + 30 * MINUTE), at + 30 * MINUTE);
});
