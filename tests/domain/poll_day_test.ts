import assert from "node:assert/strict";
import fc from "fast-check";
import { DAY } from "../../src/domain/time/interval.ts";
import { inOrder } from "../../src/domain/polls/poll.ts";
import { POLL_BYTES, PollColumns } from "../../src/domain/polls/poll_day.ts";
import { packPolls, unpack } from "../support/pack_polls.ts";

const JANUARY = Date.UTC(2023, 0, 1) * 1000;
/** Near midnights most of all. */
const instant = fc.tuple(
  fc.integer({ min: -3, max: 3 }),
  fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: DAY - 1 })),
)
  .map(([day, micros]) => JANUARY + day * DAY + micros);
const polls = fc.array(fc.tuple(instant, fc.integer({ min: 0, max: 1 })), { maxLength: 40 })
  .map((pairs) => inOrder(Float64Array.from(pairs, ([at]) => at), Uint8Array.from(pairs, ([, active]) => active)));

Deno.test("polls that are packed by day and unpacked again are the same", () => {
  fc.assert(fc.property(polls, (given) => {
    const days = packPolls(given);
    const columns = new PollColumns(given.instants.length);
    for (const day of days) unpack(columns, day, Infinity);
    assert.deepEqual(columns.since(0), given);
    assert.equal(days.reduce((sum, { bytes }) => sum + bytes.length, 0), given.instants.length * POLL_BYTES);
    assert.deepEqual(days.map(({ day }) => day), [
      ...new Set(Array.from(given.instants, (at) => Math.floor(at / DAY))),
    ]);
  }));
});

Deno.test("R18: a day is unpacked up to as-of, itself included", () => {
  fc.assert(fc.property(polls, instant, (given, asOf) => {
    const columns = new PollColumns(given.instants.length);
    for (const day of packPolls(given)) unpack(columns, day, asOf);
    assert.deepEqual(columns.since(0).instants, given.instants.filter((at) => at <= asOf));
  }));
});

Deno.test("bytes of days are in the order of their instants, and inactive comes before active", () => {
  const entry = (at: number, active: number) =>
    packPolls({ instants: Float64Array.of(at), active: Uint8Array.of(active) })[0]?.bytes.toHex() ?? "";
  assert.equal(entry(JANUARY, 0), "0000000000");
  assert.equal(entry(JANUARY, 1), "0000000001");
  assert.equal(entry(JANUARY + DAY - 1, 1), (DAY * 2 - 1).toString(16).padStart(10, "0"));
  assert.ok(entry(JANUARY + 1, 0) > entry(JANUARY, 1));
});
