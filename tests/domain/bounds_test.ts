/**
 * What stores really did is made up: each world has a true history, and polls that tell the truth. The true uptime has to be within
 * the bounds that the report gives.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Method, METHOD_NAMES, METHODS } from "../../src/domain/method.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { classicWindows } from "../support/classic_windows.ts";
import { everyDay, instant, poll, store as facts } from "../support/build.ts";
import { flappingRows } from "../support/flapping.ts";
import { allMeasures } from "../support/row.ts";
import { extremeHistory, ONE_CHANGE, trueUptime, type TrueWorld, trueWorld } from "../support/true_world.ts";
import { anyMethod, MICROSECOND, observedStore } from "./arbitraries.ts";

const WORLDS = 10_000;

interface Judged {
  readonly truth: number;
  readonly low: number;
  readonly high: number;
}

/** The truth and its bounds in each classic window. */
function judged(world: TrueWorld, method: Method): Judged[] {
  const windows = classicWindows(world.asOf, method);
  const measured = allMeasures(facts(world.store), { ...world, method });
  return windows.map((window, index) => ({
    truth: trueUptime(world, window, method.closed === "uptime"),
    low: measured[index]?.up_low ?? NaN,
    high: measured[index]?.up_high ?? NaN,
  }));
}

for (const name of METHOD_NAMES) {
  Deno.test(`R59: under ${name}, the truth is within the bounds in ${WORLDS} worlds of one change between close polls`, () => {
    for (let seed = 1; seed <= WORLDS; seed++) {
      for (const { truth, low, high } of judged(trueWorld(seed, ONE_CHANGE), METHODS[name])) {
        assert.ok(low <= truth && truth <= high, `seed ${seed}: ${truth} is not within ${low} and ${high}`);
      }
    }
  });
}

Deno.test("R59: with a stale_after longer than the assumption holds for, the same worlds leave the bounds", () => {
  const isOutside = (seed: number) => {
    const world = trueWorld(seed, ONE_CHANGE);
    const wrong = { ...world, staleAfter: 2 * world.staleAfter };
    return judged(wrong, METHODS.step).some(({ truth, low, high }) => truth < low || truth > high);
  };
  const seeds = Array.from({ length: 1000 }, (_, index) => index + 1);
  assert.ok(seeds.filter(isOutside).length > 100);
});

Deno.test("R58: the bounds are tight: some history that fits the polls reaches each end, but for the instants of polls", () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const world = trueWorld(seed, ONE_CHANGE);
    // A state that a poll alone asks for lasts a microsecond.
    const most = world.store.polls.length;
    for (const name of METHOD_NAMES) {
      for (const { truth, low } of judged({ ...world, up: extremeHistory(world, "least") }, METHODS[name])) {
        assert.ok(low <= truth && truth <= low + most, `seed ${seed}, ${name}: ${truth} instead of ${low}`);
      }
      for (const { truth, high } of judged({ ...world, up: extremeHistory(world, "most") }, METHODS[name])) {
        assert.ok(high - most <= truth && truth <= high, `seed ${seed}, ${name}: ${truth} instead of ${high}`);
      }
    }
  }
});

Deno.test("R56-R58: the example of docs/certainty.md is as the page says", () => {
  const polls = [
    ...[poll("09:00", "active"), poll("10:00", "active"), poll("11:00", "inactive")],
    ...[poll("12:00", "inactive"), poll("15:00", "active"), poll("16:00", "active")],
  ];
  const parts = facts({ hours: everyDay("09:00", "17:00"), polls });
  const [, day] = allMeasures(parts, { asOf: instant("17:00"), method: METHODS.observed });
  const { scheduled, observed, up_low, up_high } = day ?? assert.fail();
  assert.deepEqual([scheduled, observed, up_low, up_high], [8 * HOUR, 7 * HOUR, 2 * HOUR, 7 * HOUR]);
});

Deno.test("R58: where no poll lies in business hours, both ends are reached to the microsecond", () => {
  const polls = [poll("08:00", "active"), poll("08:30", "active"), poll("12:30", "inactive")];
  const parts = { zone: "UTC", hours: everyDay("08:15", "12:00"), polls };
  const world = { store: { ...parts, polls: [...polls] }, asOf: instant("13:00"), staleAfter: 60 * MINUTE, up: [] };
  const least = judged({ ...world, up: extremeHistory(world, "least") }, METHODS.step);
  assert.deepEqual(least.map(({ truth, low }) => truth - low), [0, 1, 1]);
  const apart = { ...world, store: { ...parts, hours: everyDay("08:31", "12:00") } };
  for (const { truth, low } of judged({ ...apart, up: extremeHistory(apart, "least") }, METHODS.step)) {
    assert.equal(truth, low);
  }
  for (const { truth, high } of judged({ ...apart, up: extremeHistory(apart, "most") }, METHODS.step)) {
    assert.equal(truth, high);
  }
});

Deno.test("R58: under step, clock and observed, uptime is within the bounds; under nearest it is below the upper one", () => {
  fc.assert(
    fc.property(observedStore(MICROSECOND), ({ store, ...question }) => {
      for (const name of ["step", "clock", "observed"] as const) {
        for (const { up_low, up, up_high } of allMeasures(facts(store), { ...question, method: METHODS[name] })) {
          assert.ok(up_low <= up && up <= up_high);
        }
      }
      for (const { up, up_high } of allMeasures(facts(store), { ...question, method: METHODS.nearest })) {
        assert.ok(up <= up_high);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("R56-R58: no measure is negative, and no part is more than the scheduled time", () => {
  fc.assert(
    fc.property(observedStore(MICROSECOND), anyMethod, ({ store, ...question }, method) => {
      for (const measures of allMeasures(facts(store), { ...question, method })) {
        const { scheduled, up, down, unknown, observed, up_low, up_high, outages, longest_outage } = measures;
        for (const value of Object.values(measures)) assert.ok(Number.isSafeInteger(value) && value >= 0);
        assert.equal(up + down + unknown, scheduled);
        assert.ok(observed <= scheduled && up_low <= up_high && up_high <= scheduled && longest_outage <= down);
        assert.equal(outages === 0, down === 0);
        assert.ok(outages * longest_outage >= down);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("a simulation that breaks the assumption finds the truth outside of the bounds", () => {
  const rows = flappingRows(60);
  assert.ok(rows.some(({ outside }) => outside > 0.2));
  assert.ok(rows.every(({ outside, distance }) => outside === 0 ? distance === 0 : distance > 0));
});
