import assert from "node:assert/strict";
import fc from "fast-check";
import { openings } from "../../src/domain/openings/opening_rules.ts";
import { METHODS } from "../../src/domain/method.ts";
import { reportRow } from "../support/row.ts";
import type { StoreFacts } from "../../src/domain/measures/store_time.ts";
import type { Timezone } from "../../src/domain/time/timezone.ts";
import { classicWindows } from "../support/classic_windows.ts";
import { store as facts, type StoreParts } from "../support/build.ts";
import { anyMethod, MICROSECOND, storeAndAsOf } from "./arbitraries.ts";

const RUNS = { numRuns: 500 };
const HOUR = 3_600_000_000;
const WINDOWS = [["hour", HOUR], ["day", 24 * HOUR], ["week", 168 * HOUR]] as const;
const anyStore = storeAndAsOf(MICROSECOND);

/** The time in openings within a window. */
function scheduled(parts: StoreParts, asOf: number, window: "hour" | "day" | "week"): number {
  const span = classicWindows(asOf, METHODS.step).find(({ name }) => name === `last_${window}`);
  const open = openings(facts(parts).rules, span ?? assert.fail());
  return open.reduce((sum, { start, end }) => sum + end - start, 0);
}

Deno.test("R50: every value is a whole number of microseconds and not negative", () => {
  fc.assert(
    fc.property(anyStore, anyMethod, ({ store, asOf }, method) => {
      for (const { up, down } of Object.values(reportRow(facts(store), asOf, method))) {
        assert.ok(Number.isSafeInteger(up) && up >= 0 && Number.isSafeInteger(down) && down >= 0);
      }
    }),
    RUNS,
  );
});

Deno.test("R50: the hour is within the day and the day within the week", () => {
  fc.assert(
    fc.property(anyStore, anyMethod, ({ store, asOf }, method) => {
      const { hour, day, week } = reportRow(facts(store), asOf, method);
      assert.ok(hour.up <= day.up && day.up <= week.up);
      assert.ok(hour.down <= day.down && day.down <= week.down);
    }),
    RUNS,
  );
});

for (const name of ["step", "in-hours"] as const) {
  Deno.test(`R51: ${name}: up and down together are the scheduled time`, () => {
    fc.assert(
      fc.property(anyStore, ({ store, asOf }) => {
        const row = reportRow(facts(store), asOf, METHODS[name]);
        for (const [window] of WINDOWS) {
          assert.equal(row[window].up + row[window].down, scheduled(store, asOf, window));
        }
      }),
      RUNS,
    );
  });
}

Deno.test("R40: nearest: up and down together are at most the scheduled time", () => {
  fc.assert(
    fc.property(anyStore, ({ store, asOf }) => {
      const row = reportRow(facts(store), asOf, METHODS.nearest);
      for (const [window] of WINDOWS) {
        assert.ok(row[window].up + row[window].down <= scheduled(store, asOf, window));
      }
    }),
    RUNS,
  );
});

Deno.test("R42: clock: up and down together are the whole window", () => {
  fc.assert(
    fc.property(anyStore, ({ store, asOf }) => {
      const row = reportRow(facts(store), asOf, METHODS.clock);
      for (const [window, length] of WINDOWS) assert.equal(row[window].up + row[window].down, length);
    }),
    RUNS,
  );
});

Deno.test("R45: the order of polls and repeated polls change nothing", () => {
  const shuffled = anyStore.chain(({ store, asOf }) =>
    fc.shuffledSubarray([...store.polls, ...store.polls], { minLength: 2 * store.polls.length })
      .map((polls) => ({ store, asOf, again: { ...store, polls } }))
  );
  fc.assert(
    fc.property(shuffled, anyMethod, ({ store, asOf, again }, method) => {
      assert.deepEqual(reportRow(facts(again), asOf, method), reportRow(facts(store), asOf, method));
    }),
    RUNS,
  );
});

Deno.test("R29: the order of hours and repeated hours change nothing", () => {
  const shuffled = anyStore.chain(({ store, asOf }) =>
    shuffledTwice(store.hours ?? [])
      .map((hours) => ({ store, asOf, again: { ...store, hours: store.hours && hours } }))
  );
  fc.assert(
    fc.property(shuffled, anyMethod, ({ store, asOf, again }, method) => {
      assert.deepEqual(reportRow(facts(again), asOf, method), reportRow(facts(store), asOf, method));
    }),
    RUNS,
  );
});

Deno.test("R18: polls after as-of change nothing", () => {
  fc.assert(
    fc.property(anyStore, anyMethod, ({ store, asOf }, method) => {
      const known = { ...store, polls: store.polls.filter(({ at }) => at <= asOf) };
      assert.deepEqual(reportRow(facts(store), asOf, method), reportRow(facts(known), asOf, method));
    }),
    RUNS,
  );
});

Deno.test("R52: a row does not depend on the rows that were computed before it with the same zone", () => {
  fc.assert(
    fc.property(fc.array(anyStore, { minLength: 2, maxLength: 4 }), (stores) => {
      const [first] = stores;
      if (first === undefined) return;
      const { timezone } = facts(first.store).rules;
      const shared = stores.map(({ store, asOf }) => reportRow(inZone(facts(store), timezone), asOf, METHODS.step));
      const alone = stores.map(({ store, asOf }) =>
        reportRow(facts({ ...store, zone: first.store.zone }), asOf, METHODS.step)
      );
      assert.deepEqual(shared, alone);
    }),
    { numRuns: 100 },
  );
});

function shuffledTwice<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray([...items, ...items], { minLength: 2 * items.length });
}

function inZone({ rules, polls }: StoreFacts, timezone: Timezone): StoreFacts {
  return { rules: { ...rules, timezone }, polls };
}
