import assert from "node:assert/strict";
import fc from "fast-check";
import { DAY, type Micros } from "../../src/domain/time/interval.ts";
import { inOrder, type Polls } from "../../src/domain/polls/poll.ts";
import { packPolls } from "../support/pack_polls.ts";
import { type PackedDay, PollPacker } from "../../src/domain/polls/poll_packer.ts";

const JANUARY = Date.UTC(2023, 0, 1) * 1000;
const STORES = 4;

interface Poll {
  readonly store: number;
  readonly at: Micros;
  readonly active: boolean;
}

/** Few instants, so that many polls meet at one. */
const poll: fc.Arbitrary<Poll> = fc.record({
  store: fc.integer({ min: 0, max: STORES - 1 }),
  at: fc.oneof(
    fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -2, max: 2 })).map(([day, micros]) =>
      JANUARY + day * DAY + micros
    ),
    fc.integer({ min: JANUARY, max: JANUARY + 40 * DAY }),
    fc.constantFrom(Date.UTC(2000, 0, 1) * 1000, Date.UTC(2141, 0, 1) * 1000 - 1),
  ),
  active: fc.boolean(),
});

function pollsWhere(polls: readonly Poll[], keep: (poll: Poll) => boolean): Polls {
  const kept = polls.filter(keep);
  return inOrder(Float64Array.from(kept, ({ at }) => at), Uint8Array.from(kept, ({ active }) => active ? 1 : 0));
}

/** Numbers of stores are given as their keys: two of them may share a key. */
const keys = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: STORES, maxLength: STORES });

/** The slow way: the polls of each key in order, then packed. */
function expected(polls: readonly Poll[], keys: readonly number[]): PackedDay[] {
  const ordered = [...new Set(keys)].sort((a, b) => a - b);
  return ordered.flatMap((key) =>
    packPolls(pollsWhere(polls, ({ store }) => keys[store] === key)).map((day) => ({ store: key, ...day }))
  );
}

Deno.test("R12, R45: polls in any order and more than once pack as they do one by one, inactive first", () => {
  fc.assert(
    fc.property(fc.array(poll, { maxLength: 60 }), keys, (polls, keys) => {
      const packer = new PollPacker();
      for (const { store, at, active } of polls) packer.add(store, at, active);
      assert.equal(packer.length, polls.length);
      assert.deepEqual(packer.stores().sort(), [...new Set(polls.map(({ store }) => store))].sort());
      assert.deepEqual([...packer.pack(keys)], expected(polls, keys));
      assert.equal(packer.length, 0);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a packer grows, and is used again after it was emptied", () => {
  const packer = new PollPacker();
  for (const round of [1, 2]) {
    for (let index = 0; index < 5_000; index++) packer.add(index % STORES, JANUARY + round * index * 1_000_000, true);
    const bytes = [...packer.pack([0, 1, 2, 3])].reduce((sum, { bytes }) => sum + bytes.length, 0);
    assert.equal(bytes, 5_000 * 5);
  }
});
