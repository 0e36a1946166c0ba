import assert from "node:assert/strict";
import fc from "fast-check";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import { DEFAULT_REQUEST, measuringOf } from "../../src/domain/report_request.ts";
import { monthOf } from "../../src/domain/time/date.ts";
import { formatInstant } from "../../src/domain/time/instant.ts";
import { DAY, type Micros } from "../../src/domain/time/interval.ts";
import { dayMeasurer, type DaySums, HOURS_OF_DAY } from "../../src/domain/trends/day_sums.ts";
import { dateHolding } from "../../src/domain/trends/local_dates.ts";
import { packMonth, unpackMonth } from "../../src/domain/trends/packed_days.ts";
import { storeAndAsOf, TWO_SECONDS } from "./arbitraries.ts";
import { epochDay, instant, poll, store as facts, text } from "../support/build.ts";

/** The microseconds of an instant that Temporal finds. */
function microsOf(zoned: Temporal.ZonedDateTime): Micros {
  return Number(zoned.epochNanoseconds / 1000n);
}

/** When the clock of a zone first shows an hour of a date, by Temporal; at the end of the date at the latest. */
function hourStarts(zone: string, date: string): Micros[] {
  const day = Temporal.PlainDate.from(date);
  const end = microsOf(day.add({ days: 1 }).toZonedDateTime(zone));
  return [
    ...Array.from({ length: HOURS_OF_DAY }, (_, hour) => {
      const wall = day.toPlainDateTime(new Temporal.PlainTime(hour));
      return Math.min(microsOf(wall.toZonedDateTime(zone, { disambiguation: "compatible" })), end);
    }),
    end,
  ];
}

Deno.test("the sums of a date are those of a report with its window, and its hours those of a report with theirs", () => {
  let withDowntime = 0;
  fc.assert(
    fc.property(storeAndAsOf(TWO_SECONDS), ({ store, asOf }) => {
      fc.pre(asOf > 20 * DAY);
      const known = facts(store);
      const current = dateHolding(known.rules.timezone, asOf);
      const sums = dayMeasurer({ start: current - 9, end: current }, asOf)(known);
      assert.equal(sums.length, 9);
      for (const { date, scheduled, up, down, downByHour } of sums) {
        const name = text(date * DAY).slice(0, 10);
        const measure = (windows: readonly string[]) =>
          measurer(measuringOf({ ...DEFAULT_REQUEST, asOf, method: "observed", windows }))(known);
        const [whole] = measure([name]);
        assert.deepEqual([scheduled, up, down], [whole?.scheduled, whole?.up, whole?.down], name);
        if (down === 0) {
          assert.deepEqual(downByHour, []);
          continue;
        }
        withDowntime++;
        const starts = hourStarts(known.rules.timezone.id, name);
        for (let hour = 0; hour < HOURS_OF_DAY; hour++) {
          const [from = NaN, to = NaN] = starts.slice(hour, hour + 2);
          const expected = from === to ? 0 : measure([`${formatInstant(from)}/${formatInstant(to)}`])[0]?.down;
          assert.equal(downByHour[hour], expected, `${name} ${hour}`);
        }
      }
    }),
    { numRuns: 250 },
  );
  assert(withDowntime > 20, `only ${withDowntime} dates had downtime`);
});

Deno.test("an hour that clocks show twice is two hours long, and one that they skip is empty", () => {
  const down = (date: string) => {
    const known = facts({ zone: "America/New_York", polls: [poll(`${date} 06:30`, "inactive")] });
    const day = epochDay(date);
    return dayMeasurer({ start: day, end: day + 1 }, instant(`${date} 23:59`) + DAY)(known)[0]?.downByHour;
  };
  // Half an hour before and after the change of clocks at 06:00 and 07:00 UTC.
  assert.deepEqual(down("2023-11-05")?.slice(0, 4).map((micros) => micros / 60e6), [0, 30, 60, 30]);
  assert.deepEqual(down("2023-03-12")?.slice(0, 5).map((micros) => micros / 60e6), [0, 30, 0, 60, 30]);
});

const micros = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 1500 }).map((n) => n * 60e6),
  fc.integer({ min: 1, max: 9e10 }),
);

const anyDay = fc.record({ up: micros, unknown: micros, hours: fc.array(micros, { maxLength: HOURS_OF_DAY }) });

Deno.test("packed days are the same days", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 31 }),
      fc.array(anyDay, { minLength: 31, maxLength: 31 }),
      (places, days) => {
        const first = monthOf(epochDay("2023-01-25"));
        const sums = places.sort((a, b) => a - b).map((place): DaySums => {
          const { up = 0, unknown = 0, hours = [] } = days[place] ?? {};
          const downByHour = Array.from({ length: HOURS_OF_DAY }, (_, hour) => hours[hour] ?? 0);
          const down = downByHour.reduce((sum, each) => sum + each, 0);
          return {
            date: first + place,
            scheduled: up + unknown + down,
            up,
            down,
            downByHour: down > 0 ? downByHour : [],
          };
        });
        assert.deepEqual(unpackMonth(first, packMonth(first, sums)), sums);
      },
    ),
    { numRuns: 100 },
  );
});
