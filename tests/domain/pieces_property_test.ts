/** The parts of the row one by one, on spans so short that each second of them can be asked about often. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { openings } from "../../src/domain/openings/opening_rules.ts";
import { merge } from "../../src/domain/time/interval.ts";
import { METHODS } from "../../src/domain/method.ts";
import { DEFAULT_STALE_AFTER } from "../../src/domain/polls/stale_after.ts";
import { stateChanges } from "../../src/domain/polls/state.ts";
import { statesInside } from "../../src/domain/measures/states_inside.ts";
import { columns, rulesOf, type StoreParts } from "../support/build.ts";
import { lastPoll, nearestPoll, opensAt } from "../support/slow_reference.ts";
import { anyMethod, length, pollsAround, TWO_SECONDS, weeklyHours, zoneAndChange } from "./arbitraries.ts";

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;

/** Two hours that begin within a day of a clock change, and polls about them. */
const placeAndTime = fc.record({ place: zoneAndChange, from: length(-26 * HOUR, 26 * HOUR, SECOND) })
  .map(({ place: { zone, change }, from }) => {
    const start = Math.floor((change + from) / SECOND) * SECOND;
    return { zone, span: { start, end: start + 2 * HOUR } };
  });

function seconds({ start, end }: { start: number; end: number }): number[] {
  return Array.from({ length: (end - start) / SECOND }, (_, index) => start / SECOND + index);
}

Deno.test("R21-R32: a second lies in an opening where asking every date about it says so, and nowhere else", () => {
  fc.assert(
    fc.property(placeAndTime, weeklyHours(SECOND), ({ zone, span }, hours) => {
      const store: StoreParts = { zone, hours, polls: [] };
      const open = openings(rulesOf({ hours, zone }), span);
      const isOpen = opensAt(store, span.start / SECOND, span.end / SECOND);
      for (const second of seconds(span)) {
        const at = second * SECOND;
        assert.equal(open.some(({ start, end }) => start <= at && at < end), isOpen(second), `second ${second}`);
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("R28: openings come sorted, not empty, apart from each other, and cut to the span", () => {
  fc.assert(
    fc.property(placeAndTime, weeklyHours(1), fc.integer({ min: 0, max: 200 }), ({ zone, span }, hours, more) => {
      const open = openings(rulesOf({ hours, zone }), { ...span, end: span.end + more * HOUR });
      open.forEach(({ start, end }, index) => {
        assert.ok(start < end && span.start <= start && end <= span.end + more * HOUR);
        assert.ok(start > (open[index - 1]?.end ?? -Infinity));
      });
    }),
    { numRuns: 500 },
  );
});

for (const [name, speaker] of [["step", lastPoll], ["nearest", nearestPoll]] as const) {
  Deno.test(`R36-R40: ${name} hears at each second the poll that speaks for it`, () => {
    const polls = pollsAround(2 * HOUR, TWO_SECONDS);
    fc.assert(
      fc.property(polls, (polls) => {
        const window = { start: 0, end: 2 * HOUR };
        const heard = polls.map(({ at, status }) => ({ second: at / SECOND, active: status === "active" }));
        const expected = { up: 0, down: 0, unobserved: 0 };
        for (const second of seconds(window)) {
          const poll = speaker(heard, second);
          expected[poll === undefined ? "unobserved" : poll.active ? "up" : "down"] += SECOND;
        }
        const changes = stateChanges(columns(polls), METHODS[name], DEFAULT_STALE_AFTER);
        const time = { up: 0, down: 0, unobserved: 0 };
        for (const { state, start, end } of statesInside([window], changes, window)) time[state] += end - start;
        assert.deepEqual(time, expected);
      }),
      { numRuns: 300 },
    );
  });
}

Deno.test("R36-R40: each change of state is one, and later than the one before", () => {
  fc.assert(
    fc.property(pollsAround(2 * HOUR, 1), anyMethod, (polls, method) => {
      const changes = stateChanges(columns(polls), method, DEFAULT_STALE_AFTER);
      changes.slice(1).forEach(({ start, state }, index) => {
        assert.ok(start > (changes[index]?.start ?? Infinity) && state !== changes[index]?.state);
      });
    }),
    { numRuns: 500 },
  );
});

Deno.test("R36-R41: pieces of one state fill the openings within a window, in order, and none is empty", () => {
  fc.assert(
    fc.property(placeAndTime, weeklyHours(1), anyMethod, fc.gen(), ({ zone, span }, hours, method, gen) => {
      const polls = gen(pollsAround, span.end, 1);
      const rules = rulesOf({ hours, zone });
      const open = openings(rules, { ...span, start: span.start - 24 * HOUR });
      const pieces = [...statesInside(open, stateChanges(columns(polls), method, DEFAULT_STALE_AFTER), span)];
      assert.ok(pieces.every(({ start, end }) => start < end));
      assert.deepEqual(merge(pieces), openings(rules, span));
      pieces.slice(1).forEach(({ start, state }, index) => {
        const before = pieces[index];
        assert.ok(before !== undefined && (start > before.end || (start === before.end && state !== before.state)));
      });
    }),
    { numRuns: 300 },
  );
});
