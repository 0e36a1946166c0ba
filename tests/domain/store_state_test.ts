import assert from "node:assert/strict";
import fc from "fast-check";
import { stateOf, type StoreState, thinned } from "../../src/domain/store_state.ts";
import { everyDay, hours, instant, poll, store, type StoreParts } from "../support/build.ts";
import { slowState } from "../support/slow_state.ts";
import { MICROSECOND, storeAndAsOf, TWO_SECONDS } from "./arbitraries.ts";
import { datedStore } from "./calendar_arbitraries.ts";

const HOUR = 3_600_000_000;

function at(asOf: string, parts: Partial<StoreParts>): Omit<StoreState, "latestPoll"> {
  const { latestPoll: _, ...state } = stateOf(store(parts), instant(asOf));
  return state;
}

Deno.test("a state is what a look at each second gives", () => {
  fc.assert(
    fc.property(storeAndAsOf(TWO_SECONDS), ({ store: parts, asOf }) => {
      assert.deepEqual(stateOf(store(parts), asOf), slowState(parts, asOf));
    }),
    { numRuns: 100 },
  );
});

Deno.test("a state follows versions of hours, special hours and exclusions, as a look at each second does", () => {
  fc.assert(
    fc.property(datedStore(TWO_SECONDS), ({ store: parts, asOf }) => {
      assert.deepEqual(stateOf(store(parts), asOf), slowState(parts, asOf));
    }),
    { numRuns: 100 },
  );
});

Deno.test("polls that change no state can be left out", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), ({ store: parts, asOf }) => {
      const { rules, polls } = store({ ...parts, polls: parts.polls.filter((each) => each.at <= asOf) });
      assert.deepEqual(stateOf({ rules, polls: thinned(polls) }, asOf), stateOf({ rules, polls }, asOf));
    }),
    { numRuns: 500 },
  );
});

Deno.test("a store is down since the first inactive poll after its last active one", () => {
  const polls = [
    poll("2023-01-24 20:00", "active"),
    poll("2023-01-24 23:00", "inactive"),
    poll("09:00", "inactive"),
    poll("11:30", "inactive"),
  ];
  const since = instant("2023-01-24 23:00");
  assert.deepEqual(at("12:00", { polls, hours: everyDay("09:00", "17:00") }), {
    state: "down",
    since,
    downToday: 3 * HOUR,
  });
});

Deno.test("a poll that is a day old still counts, an older one does not", () => {
  const polls = [poll("2023-01-24 12:00", "active")];
  assert.equal(at("12:00", { polls }).state, "up");
  const since = instant("2023-01-24 12:00");
  assert.deepEqual(at("12:00:00.000001", { polls }), { state: "silent", since, downToday: 0 });
  assert.deepEqual(at("12:00", {}), { state: "silent", since: undefined, downToday: 0 });
});

Deno.test("closed comes before what polls say, from the end of an opening to the start of the next", () => {
  const shop = { hours: [hours("Wednesday", "09:00", "10:00")], polls: [poll("09:30", "inactive")] };
  assert.deepEqual(at("09:59:59", shop).state, "down");
  assert.deepEqual(at("10:00", shop), { state: "closed", since: instant("10:00"), downToday: HOUR / 2 });
  assert.deepEqual(at("2023-02-01 08:59:59", shop).since, instant("10:00"));
  assert.deepEqual(at("2023-02-01 09:00", shop).state, "silent");
  assert.deepEqual(at("09:30", { ...shop, hours: [] }), { state: "closed", since: undefined, downToday: 0 });
});

Deno.test("an excluded store is closed since its exclusion began, and what it lost before counts", () => {
  const shop = {
    hours: everyDay("09:00", "17:00"),
    polls: [poll("09:30", "inactive")],
    exclusions: [{ from: "2023-01-25T10:00:00Z", to: "2023-01-25T11:00:00Z" }],
  };
  assert.equal(at("09:59:59", shop).state, "down");
  assert.deepEqual(at("10:30", shop), { state: "closed", since: instant("10:00"), downToday: HOUR / 2 });
  assert.deepEqual(at("11:00", shop), { state: "down", since: instant("09:30"), downToday: HOUR / 2 });
});

Deno.test("today begins at local midnight", () => {
  const polls = [poll("2023-01-24 12:00", "inactive"), poll("11:00", "inactive")];
  assert.equal(at("11:00", { polls, zone: "America/Chicago" }).downToday, 5 * HOUR);
  assert.equal(at("11:00", { polls, zone: "Asia/Kathmandu" }).downToday, 16.75 * HOUR);
});
