import assert from "node:assert/strict";
import fc from "fast-check";
import { followedBy, inOrder, pollsInside, upTo } from "../../src/domain/polls/poll.ts";
import { merge, MINUTE } from "../../src/domain/time/interval.ts";
import { columns, instant, poll, rowOf, text } from "../support/build.ts";

/** `["09:00 1", …]` */
function list({ instants, active }: ReturnType<typeof inOrder>): string[] {
  assert.equal(instants.length, active.length);
  return Array.from(instants, (at, index) => `${text(at).slice(11)} ${active[index]}`);
}

Deno.test("R45: polls are put in the order of time, whatever order they came in", () => {
  const polls = [poll("10:00", "inactive"), poll("09:00", "active"), poll("11:00", "active")];
  assert.deepEqual(list(columns(polls)), ["09:00 1", "10:00 0", "11:00 1"]);
  assert.deepEqual(list(columns(polls.toReversed())), ["09:00 1", "10:00 0", "11:00 1"]);
});

Deno.test("R45: polls in order already are given back as they are, not copied", () => {
  const instants = Float64Array.of(1, 2, 3);
  const active = Uint8Array.of(1, 0, 1);
  const polls = inOrder(instants, active);
  assert.ok(polls.instants === instants && polls.active === active);
});

Deno.test("R45: a poll given twice is one poll", () => {
  const polls = [poll("09:00", "active"), poll("09:00", "active"), poll("10:00", "inactive"), poll("09:00", "active")];
  assert.deepEqual(list(columns(polls)), ["09:00 1", "10:00 0"]);
});

Deno.test("R12: of polls at one instant that disagree inactive wins, whichever came first", () => {
  const polls = [poll("09:00", "active"), poll("09:00", "inactive")];
  assert.deepEqual(list(columns(polls)), ["09:00 0"]);
  assert.deepEqual(list(columns(polls.toReversed())), ["09:00 0"]);
  assert.deepEqual(list(columns([...polls, poll("09:00", "active")])), ["09:00 0"]);
});

Deno.test("R12: polls a microsecond apart are two", () => {
  assert.equal(columns([poll("09:00", "active"), poll("09:00:00.000001", "inactive")]).instants.length, 2);
});

Deno.test("R18: a poll at as-of is known, one a microsecond later is not", () => {
  const polls = columns([poll("09:00", "active"), poll("10:00", "inactive"), poll("10:00:00.000001", "active")]);
  assert.deepEqual(list(upTo(polls, instant("10:00"))), ["09:00 1", "10:00 0"]);
  assert.deepEqual(list(upTo(polls, instant("08:00"))), []);
  assert.equal(upTo(polls, instant("12:00")).instants.length, 3);
});

Deno.test("R18: a poll after as-of is as if it did not exist", () => {
  const polls = [poll("11:30", "inactive"), poll("12:00:00.000001", "active")];
  for (const method of ["step", "clock", "in-hours"] as const) {
    assert.deepEqual(rowOf({ polls }, "12:00", method).hour, { up: 30 * MINUTE, down: 30 * MINUTE });
    assert.deepEqual(rowOf({ polls: polls.slice(1) }, "12:00", method).hour, { up: 60 * MINUTE, down: 0 });
  }
});

Deno.test("R44: polls inside of intervals are those that each interval has, with its start and without its end", () => {
  const minute = fc.integer({ min: 0, max: 60 });
  fc.assert(fc.property(fc.uniqueArray(minute), fc.array(fc.tuple(minute, minute)), (minutes, spans) => {
    const instants = Float64Array.from(minutes).sort();
    const polls = { instants, active: Uint8Array.from(instants, (at) => at % 2) };
    const merged = merge(spans.map(([start, end]) => ({ start, end })));
    const expected = instants.filter((at) => merged.some(({ start, end }) => start <= at && at < end));
    assert.deepEqual(pollsInside(polls, merged), {
      instants: expected,
      active: Uint8Array.from(expected, (at) => at % 2),
    });
  }));
});

Deno.test("two runs of polls of which one follows the other become one", () => {
  const early = columns([poll("09:00", "active"), poll("10:00", "inactive")]);
  const late = columns([poll("11:00", "active")]);
  assert.deepEqual(list(followedBy(early, late)), ["09:00 1", "10:00 0", "11:00 1"]);
  assert.deepEqual(list(followedBy(columns([]), late)), ["11:00 1"]);
});
