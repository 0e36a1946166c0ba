import assert from "node:assert/strict";
import fc from "fast-check";
import { METHOD_NAMES, METHODS } from "../../src/domain/method.ts";
import { reportRow } from "../support/row.ts";
import { store as facts } from "../support/build.ts";
import { slowRow } from "../support/slow_reference.ts";
import { anyMethod, MICROSECOND, storeAndAsOf, TWO_SECONDS } from "./arbitraries.ts";
import { exactRow } from "./exact_reference.ts";

for (const name of METHOD_NAMES) {
  Deno.test(`R35: ${name} gives what counting second by second gives`, () => {
    fc.assert(
      fc.property(storeAndAsOf(TWO_SECONDS), ({ store, asOf }) => {
        assert.deepEqual(reportRow(facts(store), asOf, METHODS[name]), slowRow(store, asOf, name));
      }),
      { numRuns: 25 },
    );
  });

  Deno.test(`R16: ${name} is exact to the microsecond`, () => {
    fc.assert(
      fc.property(storeAndAsOf(MICROSECOND), ({ store, asOf }) => {
        assert.deepEqual(reportRow(facts(store), asOf, METHODS[name]), exactRow(store, asOf, METHODS[name]));
      }),
      { numRuns: 500 },
    );
  });
}

Deno.test("R35: every choice of axes, with or without a name, does what its axes say", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, ({ store, asOf }, method) => {
      assert.deepEqual(reportRow(facts(store), asOf, method), exactRow(store, asOf, method));
    }),
    { numRuns: 1500 },
  );
});
