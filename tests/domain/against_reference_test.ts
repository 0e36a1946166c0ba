import assert from "node:assert/strict";
import fc from "fast-check";
import { METHOD_NAMES, METHODS } from "../../src/domain/method.ts";
import { allMeasures } from "../support/row.ts";
import { store as facts } from "../support/build.ts";
import { measuresWithin } from "../../src/domain/measures/store_measures.ts";
import { storeTime } from "../../src/domain/measures/store_time.ts";
import { spanOf } from "../../src/domain/time/window.ts";
import { CLASSIC, classicWindows } from "../support/classic_windows.ts";
import { slowMeasures } from "../support/slow_reference.ts";
import { anyMethod, exclusionsAround, MICROSECOND, observedStore, TWO_SECONDS } from "./arbitraries.ts";
import { exactMeasures } from "./exact_reference.ts";

for (const name of METHOD_NAMES) {
  Deno.test(`R35: ${name} gives every measure that counting second by second gives`, () => {
    fc.assert(
      fc.property(observedStore(TWO_SECONDS), ({ store, ...question }) => {
        const measured = allMeasures(facts(store), { ...question, method: METHODS[name] });
        assert.deepEqual(measured, slowMeasures(store, { ...question, method: name }));
      }),
      { numRuns: 12 },
    );
  });

  Deno.test(`R16: every measure of ${name} is exact to the microsecond`, () => {
    fc.assert(
      fc.property(observedStore(MICROSECOND), ({ store, ...question }) => {
        const asked = { ...question, method: METHODS[name] };
        assert.deepEqual(allMeasures(facts(store), asked), exactMeasures(store, asked));
      }),
      { numRuns: 500 },
    );
  });
}

Deno.test("R35: every choice of axes, with or without a name, does what its axes say", () => {
  fc.assert(
    fc.property(observedStore(MICROSECOND), anyMethod, ({ store, ...question }, method) => {
      const asked = { ...question, method };
      assert.deepEqual(allMeasures(facts(store), asked), exactMeasures(store, asked));
    }),
    { numRuns: 1500 },
  );
});

Deno.test("exclusions take time out of every measure but polls, outages and what is certain stay what they are", () => {
  const world = observedStore(MICROSECOND).chain((world) =>
    exclusionsAround(world.asOf).map((exclusions) => ({ ...world, exclusions }))
  );
  fc.assert(
    fc.property(world, anyMethod, ({ store, ...question }, method) => {
      const measuring = { ...question, method, windows: CLASSIC };
      const windows = classicWindows(question.asOf, method);
      const time = { ...storeTime(facts(store), measuring, [spanOf(windows)]), exclusions: question.exclusions };
      const measured = windows.map(measuresWithin(time, windows));
      assert.deepEqual(measured, exactMeasures(store, { ...question, method }));
    }),
    { numRuns: 500 },
  );
});
