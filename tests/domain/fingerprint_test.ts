/** Fingerprints: equal where nothing changed that measures depend on, and never equal where measures changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { calendarFingerprints } from "../../src/domain/fingerprints/calendar_fingerprint.ts";
import { Fingerprinting, formatFingerprint, minus, plus } from "../../src/domain/fingerprints/fingerprint.ts";
import { pollsFingerprint } from "../../src/domain/fingerprints/poll_fingerprint.ts";
import { runsUsedBy } from "../../src/domain/fingerprints/runs_used.ts";
import { inputsOf, storeFingerprints } from "../../src/domain/fingerprints/store_fingerprints.ts";
import { NO_LABELS } from "../../src/domain/measures/result.ts";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import type { StoreFacts } from "../../src/domain/measures/store_time.ts";
import { METHODS } from "../../src/domain/method.ts";
import type { Polls } from "../../src/domain/polls/poll.ts";
import type { Measuring } from "../../src/domain/report_request.ts";
import { askedWindows } from "../../src/domain/time/parse_window.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { windowFaults } from "../../src/domain/time/window_list.ts";
import { columns, everyDay, hours, instant, poll, rulesOf, store as facts } from "../support/build.ts";
import { changedRules, RULES } from "../support/rules.ts";
import { anyMethod, MICROSECOND } from "./arbitraries.ts";
import { calendarAround, datedStore } from "./calendar_arbitraries.ts";
import { windowNear } from "./window_arbitraries.ts";

/** A store, what is asked about it, and another calendar that it could have. */
const world = datedStore(MICROSECOND).chain(({ store, ...question }) =>
  fc.record({
    names: fc.uniqueArray(windowNear(question.asOf), { minLength: 1, maxLength: 3 })
      .filter((names) => windowFaults(names).length === 0),
    method: anyMethod,
    calendar: calendarAround(question.asOf, MICROSECOND),
    changed: fc.constantFrom("later", "special", "ofAll", "exclusions"),
  }).map(({ names, method, calendar, changed }) => ({
    store,
    other: { ...store, ...Object.fromEntries(Object.entries(calendar).filter(([part]) => part === changed)) },
    measuring: { ...question, method, windows: askedWindows(names) },
  }))
);

/** A store of whose polls only those are left that count as used. */
function withUsedPolls(store: StoreFacts, measuring: Measuring): StoreFacts {
  const { instants, active } = store.polls;
  const places = runsUsedBy(measuring)(store).flatMap(({ first, end }) => [...instants.keys()].slice(first, end));
  assert.deepEqual(places, [...new Set(places)].sort((a, b) => a - b), "each poll once, in the order of time");
  const polls = {
    instants: instants.filter((_, place) => places.includes(place)),
    active: active.filter((_, place) => places.includes(place)),
  };
  return { ...store, polls };
}

Deno.test("measures depend on the polls that count as used, and on no others", () => {
  let left = 0;
  fc.assert(
    fc.property(world, ({ store, measuring }) => {
      const whole = facts(store);
      const used = withUsedPolls(whole, measuring);
      left += whole.polls.instants.length - used.polls.instants.length;
      assert.deepEqual(measurer(measuring)(used), measurer(measuring)(whole));
      assert.deepEqual(storeFingerprints(measuring)(used), storeFingerprints(measuring)(whole));
    }),
    { numRuns: 300 },
  );
  assert.ok(left > 100, "many polls do not count");
});

Deno.test("where a calendar changes measures, its fingerprint changes", () => {
  let [same, different] = [0, 0];
  fc.assert(
    fc.property(world, ({ store, other, measuring }) => {
      const fingerprintOf = calendarFingerprints(measuring);
      if (fingerprintOf(rulesOf(store)) !== fingerprintOf(rulesOf(other))) return void different++;
      same++;
      assert.deepEqual(measurer(measuring)(facts(other)), measurer(measuring)(facts(store)));
    }),
    { numRuns: 300 },
  );
  assert.ok(same > 10 && different > 10, `${same} the same, ${different} different`);
});

const MEASURING: Measuring = {
  asOf: instant("12:00"),
  method: METHODS.step,
  staleAfter: 2 * 3_600_000_000,
  windows: askedWindows(["last_week", "today"]),
};

Deno.test("a calendar's fingerprint has nothing of rules about other dates, and nothing of their order", () => {
  const fingerprintOf = (parts: Parameters<typeof rulesOf>[0]) => calendarFingerprints(MEASURING)(rulesOf(parts));
  const week = everyDay("09:00", "17:00");
  const usual = fingerprintOf({ hours: week });
  assert.equal(fingerprintOf({ hours: week.toReversed() }), usual);
  assert.equal(fingerprintOf({ hours: week, later: { "2023-03-01": [] }, special: { "2023-02-14": [] } }), usual);
  assert.equal(fingerprintOf({ hours: [], later: { "2022-12-01": week } }), usual, "hours that hold since long ago");
  assert.equal(
    fingerprintOf({ hours: week, exclusions: [{ from: "2022-12-01T00:00:00Z", to: "2022-12-05T00:00:00Z" }] }),
    usual,
  );
  const closed = { "2023-01-24": [] };
  const special = fingerprintOf({ hours: week, special: closed });
  assert.equal(fingerprintOf({ hours: week, ofAll: closed }), special, "a rule of all stores is a rule of each");
  assert.equal(fingerprintOf({ hours: week, special: closed, ofAll: { "2023-01-24": week } }), special);
  const changes = [
    { hours: week, zone: "Europe/London" },
    { hours: week.slice(1) },
    { hours: [...week.slice(1), hours("Monday", "09:00", "17:01")] },
    { hours: week, later: { "2023-01-20": week.slice(1) } },
    { hours: week, special: { "2023-01-24": [{ start: 0, end: 1 }] } },
    { hours: week, exclusions: [{ from: "2023-01-20T00:00:00Z", to: "2023-01-20T01:00:00Z" }] },
    { hours: week, exclusions: [{ from: "2023-01-20T00:00:00", to: "2023-01-20T01:00:00" }] },
    {},
  ].map(fingerprintOf);
  assert.equal(new Set([usual, special, ...changes]).size, 2 + changes.length);
  const inHours = calendarFingerprints({ ...MEASURING, method: METHODS["in-hours"] });
  assert.notEqual(inHours(rulesOf({ hours: [], later: { "2022-12-01": week } })), inHours(rulesOf({ hours: week })));
});

Deno.test("a calendar's fingerprint stays under other zone rules, where windows are other instants", () => {
  const other = changedRules(RULES, "2099a", { "America/Chicago": [instant("2023-01-10 00:00"), -11] });
  const [before, after] = [RULES, other].map((rules) => {
    const store = {
      ...rulesOf({ hours: everyDay("09:00", "17:00") }),
      timezone: openTimezone("America/Chicago", rules),
    };
    return calendarFingerprints(MEASURING)(store);
  });
  assert.equal(after, before);
});

const anyPolls = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 2 ** 51 }),
    status: fc.constantFrom("active" as const, "inactive" as const),
  }),
  { minLength: 1, maxLength: 20 },
).map(columns);

function fingerprintOfAll(polls: Polls): number {
  return pollsFingerprint(polls, { first: 0, end: polls.instants.length });
}

Deno.test("polls have the sum of their fingerprints, and one that changes, comes or goes changes it", () => {
  fc.assert(
    fc.property(anyPolls, fc.nat(), fc.integer({ min: 1, max: 2 ** 40 }), (polls, at, by) => {
      const { instants, active } = polls;
      const [place, all] = [at % instants.length, fingerprintOfAll(polls)];
      const one = pollsFingerprint(polls, { first: place, end: place + 1 });
      const before = pollsFingerprint(polls, { first: 0, end: place });
      const after = pollsFingerprint(polls, { first: place + 1, end: instants.length });
      assert.equal(plus(before, plus(one, after)), all);
      assert.equal(minus(minus(all, after), before), one);
      const moved = instants.map((instant, index) => index === place ? instant + by : instant);
      const flipped = active.map((status, index) => index === place ? 1 - status : status);
      const others = [fingerprintOfAll({ instants: moved, active }), fingerprintOfAll({ instants, active: flipped })];
      assert.equal(new Set([all, minus(all, one), ...others]).size, 4);
      assert.match(formatFingerprint(all), /^[0-9a-f]{14}$/);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a hundred thousand polls, a second or a microsecond apart, have as many fingerprints", () => {
  for (const apart of [1, 1_000_000]) {
    const instants = Float64Array.from({ length: 50_000 }, (_, index) => instant("09:00") + index * apart);
    const fingerprints = [0, 1].flatMap((status) => {
      const active = new Uint8Array(instants.length).fill(status);
      return Array.from(instants.keys(), (first) => pollsFingerprint({ instants, active }, { first, end: first + 1 }));
    });
    assert.equal(new Set(fingerprints).size, 100_000);
    for (const bits of [16, 2 ** 36]) {
      const shares = Map.groupBy(fingerprints, (fingerprint) => Math.floor(fingerprint / (2 ** 53 / bits)) % 16);
      assert.equal(shares.size, 16);
    }
  }
});

Deno.test("numbers and texts have another fingerprint in another order, in other parts, or about something else", () => {
  const of = (...texts: string[]) => texts.reduce((sum, text) => sum.text(text), new Fingerprinting(1)).value;
  const numbers = (about: number, ...all: number[]) =>
    all.reduce((sum, n) => sum.number(n), new Fingerprinting(about)).value;
  const found = [
    of("ab", ""),
    of("", "ab"),
    of("a", "b"),
    of("b", "a"),
    of("é"),
    of("e"),
    of(),
    numbers(1, 1, 2),
    numbers(1, 2, 1),
    numbers(2, 1, 2),
    numbers(1, 2 ** 52),
    numbers(1, 2 ** 51),
    numbers(1, -1),
  ];
  assert.equal(new Set(found).size, found.length);
  const used = { pollsUsed: 1, polls: 5, calendar: 6 };
  const [a, b] = ["a", "b"].map((id) => inputsOf(id, used, { ...NO_LABELS, name: "x" }));
  assert.ok(a?.polls !== b?.polls && a?.calendars !== b?.calendars && a?.labels !== b?.labels);
  assert.equal(inputsOf("a", used, undefined).labels, 0);
});

Deno.test("polls are used within stale_after of a window, and the latest one before it", () => {
  const polls = [
    "2023-01-01 00:00",
    "2023-01-02 00:00",
    "2023-01-24 21:59:59",
    "2023-01-24 22:00",
    "12:00",
    "12:00:00.000001",
  ];
  const parts = { polls: polls.map((at) => poll(at, "active")) };
  const used = (changes: Partial<Measuring>) => {
    const measuring = { ...MEASURING, windows: askedWindows(["today", "2023-01-03"]), ...changes };
    return runsUsedBy(measuring)(facts(parts)).flatMap(({ first, end }) => polls.slice(first, end));
  };
  assert.deepEqual(used({}), [polls[1], polls[3], polls[4]]);
  assert.deepEqual(used({ method: METHODS.observed }), [polls[3], polls[4]]);
  assert.deepEqual(used({ method: METHODS.observed, staleAfter: 60_000_000 }), [polls[4]]);
});
