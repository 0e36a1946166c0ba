import assert from "node:assert/strict";
import { Random, splitMix64 } from "../../src/sample/random.ts";

Deno.test("xoshiro128** gives the numbers of its authors' C code", () => {
  const random = new Random([1, 2, 3, 4]);
  const drawn = Array.from({ length: 10 }, () => random.next());
  assert.deepEqual(drawn, [
    ...[11520, 0, 5927040, 70819200, 2031721883],
    ...[1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  ]);
});

Deno.test("SplitMix64 gives the numbers of its author's C code", () => {
  const drawn = [1, 2, 3].map((n) => splitMix64(1234567n, n));
  assert.deepEqual(drawn, [6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
});

Deno.test("SplitMix64 of few bits gives each number once", () => {
  const drawn = Array.from({ length: 2 ** 10 }, (_, n) => splitMix64(7n, n, 10));
  assert.equal(new Set(drawn).size, 2 ** 10);
  assert.ok(drawn.every((word) => word >= 0n && word < 2n ** 10n));
});

Deno.test("a weighted value comes as often as its weight says, and one of no weight never", () => {
  const random = Random.of(1);
  const counts = { often: 0, seldom: 0, never: 0 };
  for (let draw = 0; draw < 10_000; draw++) counts[random.pick([["often", 9], ["never", 0], ["seldom", 1]] as const)]++;
  assert.equal(counts.never, 0);
  assert.ok(counts.seldom > 850 && counts.seldom < 1150, `${counts.seldom} of 10,000`);
});

Deno.test("an empty table has no value to pick", () => {
  assert.throws(() => Random.of(1).pick([]), RangeError);
});

Deno.test("an order has each index once, and is seldom the same as the one before", () => {
  const random = Random.of(1);
  const first = [...random.order(100)];
  assert.deepEqual(first.toSorted((a, b) => a - b), Array.from({ length: 100 }, (_, index) => index));
  assert.notDeepEqual([...random.order(100)], first);
  assert.deepEqual([...random.order(0)], []);
});
