import assert from "node:assert/strict";
import fc from "fast-check";
import { type MethodName, METHODS } from "../../src/domain/method.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import type { Gap } from "../../src/domain/gap.ts";
import { sumOf } from "../../src/domain/piece.ts";
import { everyDay, instant, poll, store, type StoreParts, text } from "../support/build.ts";
import { layOut } from "../support/row.ts";
import { anyMethod, MICROSECOND, storeAndAsOf } from "./arbitraries.ts";
import { datedStore } from "./calendar_arbitraries.ts";

Deno.test("R76: the gaps of a window add up to the scheduled time that was not observed, for any store and any method", () => {
  const staleAfter = fc.integer({ min: 1, max: 7 * 24 * 60 }).map((minutes) => minutes * MINUTE);
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, staleAfter, ({ store: parts, asOf }, method, staleAfter) => {
      const { windows, gaps, measures } = layOut(store(parts), { asOf, method, staleAfter });
      for (const found of [{ gaps, measures }, ...windows]) {
        const missing = found.gaps.reduce((sum, { scheduled }) => sum + scheduled, 0);
        assert.equal(missing, found.measures.scheduled - found.measures.observed);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("gaps, pieces and outages fit special hours and exclusions, whose time is in none of them", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), anyMethod, ({ store: parts, asOf, staleAfter }, method) => {
      const { windows, outages, measures } = layOut(store(parts), { asOf, method, staleAfter });
      for (const { gaps, pieces, measures } of windows) {
        const missing = gaps.reduce((sum, { scheduled }) => sum + scheduled, 0);
        assert.equal(missing, measures.scheduled - measures.observed);
        const { scheduled, up, down, unknown } = measures;
        assert.deepEqual(sumOf(pieces), { scheduled, up, down, unknown });
      }
      assert.equal(outages.reduce((sum, { inOpenings }) => sum + inOpenings, 0), measures.down);
    }),
    { numRuns: 500 },
  );
});

Deno.test("no poll lies inside a gap, and each part of a gap lies inside of it", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, ({ store: parts, asOf }, method) => {
      const { gaps, used } = layOut(store(parts), { asOf, method });
      for (const gap of gaps) {
        assert.ok(used.instants.every((at) => at <= gap.start || gap.end <= at));
        for (const part of gap.parts) {
          assert.ok(gap.start <= part.start && part.start < part.end && part.end <= gap.end);
        }
      }
    }),
    { numRuns: 300 },
  );
});

const NINE_TO_FIVE: Partial<StoreParts> = {
  hours: everyDay("09:00", "17:00"),
  polls: [poll("10:00", "active"), poll("14:00", "inactive"), poll("20:00", "active")],
};

function gapsOf(method: MethodName, parts: Partial<StoreParts> = NINE_TO_FIVE): string[] {
  const span = { start: instant("08:00"), end: instant("18:00") };
  return layOut(store(parts), { asOf: instant("18:00"), method: METHODS[method], span }).gaps.map(described);
}

function described({ start, end, scheduled, ongoing }: Gap): string {
  const clock = (at: number) => Number.isFinite(at) ? text(at).slice(-5) : "ever";
  return `${clock(start)}-${clock(end)}${ongoing ? "…" : ""} ${scheduled / HOUR} h`;
}

Deno.test("a gap begins where a poll no longer counts as observation, and ends at the next poll or at as-of", () => {
  assert.deepEqual(gapsOf("step"), ["ever-10:00 1 h", "12:00-14:00 2 h", "16:00-18:00… 1 h"]);
  assert.deepEqual(gapsOf("observed"), gapsOf("step"));
});

Deno.test("under nearest a gap lies 30 minutes away from polls; under clock closed time can be missing, too", () => {
  assert.deepEqual(gapsOf("nearest"), ["ever-09:30 0.5 h", "10:30-13:30 3 h", "14:30-18:00… 2.5 h"]);
  assert.deepEqual(gapsOf("clock"), ["ever-10:00 2 h", "12:00-14:00 2 h", "16:00-18:00… 2 h"]);
});

Deno.test("a store that was never polled is one gap, and time that is closed is none", () => {
  assert.deepEqual(gapsOf("step", { ...NINE_TO_FIVE, polls: [] }), ["ever-18:00… 8 h"]);
  assert.deepEqual(gapsOf("step", { hours: [], polls: [] }), []);
});
