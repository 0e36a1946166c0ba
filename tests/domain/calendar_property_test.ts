/** Versions, special hours and exclusions, held against the slow reference, which finds them by Temporal and by text. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { excluded, openings } from "../../src/domain/openings/opening_rules.ts";
import { METHOD_NAMES, METHODS } from "../../src/domain/method.ts";
import { rulesOf, store as facts } from "../support/build.ts";
import { allMeasures } from "../support/row.ts";
import { exclusionsOf, openingsAround, slowMeasures } from "../support/slow_reference.ts";
import { anyMethod, MICROSECOND, TWO_SECONDS } from "./arbitraries.ts";
import { datedStore } from "./calendar_arbitraries.ts";
import { exactMeasures } from "./exact_reference.ts";
import { assertSameTimes } from "./same_times.ts";

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

Deno.test("R60-R66: an instant lies in an opening where asking every date about it says so, and nowhere else", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), ({ store, asOf }) => {
      const span = { start: asOf - 7 * DAY, end: asOf };
      const expected = openingsAround(store, Math.floor(span.start / SECOND), Math.ceil(span.end / SECOND));
      assertSameTimes(openings(rulesOf(store), span), expected, span);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("R67-R68: an instant is excluded where an exclusion as it is written has it, and nowhere else", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), ({ store, asOf }) => {
      const span = { start: asOf - 7 * DAY, end: asOf };
      const found = excluded(rulesOf(store), span);
      assertSameTimes(found, exclusionsOf(store), span);
      found.forEach(({ start, end }, index) => {
        assert.ok(start < end && span.start <= start && end <= span.end);
        assert.ok(start > (found[index - 1]?.end ?? -Infinity), "they overlap or touch");
      });
    }),
    { numRuns: 1000 },
  );
});

for (const name of METHOD_NAMES) {
  Deno.test(`R60-R69: ${name} gives every measure that counting second by second gives, on dates of any kind`, () => {
    fc.assert(
      fc.property(datedStore(TWO_SECONDS), ({ store, ...question }) => {
        const measured = allMeasures(facts(store), { ...question, method: METHODS[name] });
        assert.deepEqual(measured, slowMeasures(store, { ...question, method: name }));
      }),
      { numRuns: 8 },
    );
  });
}

Deno.test("R60-R69: every measure of every choice of axes is exact to the microsecond, on dates of any kind", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), anyMethod, ({ store, ...question }, method) => {
      const asked = { ...question, method };
      assert.deepEqual(allMeasures(facts(store), asked), exactMeasures(store, asked));
    }),
    { numRuns: 1000 },
  );
});
