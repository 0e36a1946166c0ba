import assert from "node:assert/strict";
import fc from "fast-check";
import type { Interval } from "../../src/domain/time/interval.ts";
import { METHOD_NAMES, METHODS, needsOutagesAlone } from "../../src/domain/method.ts";
import { schedule } from "../../src/domain/openings/schedule.ts";
import { measuresOfOutages } from "../../src/domain/measures/store_measures.ts";
import { CLASSIC_WINDOWS, spanOf, windowsBefore } from "../../src/domain/time/window.ts";
import { store as facts, type StoreParts } from "../support/build.ts";
import { anyMethod, MICROSECOND, storeAndAsOf } from "./arbitraries.ts";
import { toRow } from "../support/row.ts";
import { exactRow } from "./exact_reference.ts";

/** From each inactive poll to the next active one, those after as-of too: Postgres keeps them so. */
function outagesOf({ polls }: StoreParts): Interval[] {
  const inOrder = polls.toSorted((a, b) => a.at - b.at);
  const active = (at: number) => polls.every((poll) => poll.at !== at || poll.status === "active");
  return inOrder.filter(({ at }) => !active(at)).map(({ at }) => ({
    start: at,
    end: inOrder.find((poll) => poll.at > at && active(poll.at))?.at ?? Infinity,
  })).filter(({ end }, index, all) => all.findIndex((outage) => outage.end === end) === index);
}

Deno.test("R55: a method that hears outages alone gives the same row from them as from all polls", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, ({ store, asOf }, method) => {
      fc.pre(needsOutagesAlone(method));
      const windows = windowsBefore(CLASSIC_WINDOWS, asOf, method);
      const outages = outagesOf(store).filter(({ start, end }) => end > spanOf(windows).start && start <= asOf);
      assert.deepEqual(
        toRow(measuresOfOutages(schedule(facts(store).rules, windows), outages, { windows, method })),
        exactRow(store, asOf, method),
      );
    }),
    { numRuns: 1500 },
  );
});

Deno.test("R55: of the methods that have a name, step and clock hear outages alone", () => {
  assert.deepEqual(METHOD_NAMES.filter((name) => needsOutagesAlone(METHODS[name])), ["step", "clock"]);
});
