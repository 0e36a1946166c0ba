import assert from "node:assert/strict";
import { isMet } from "./bench.ts";
import { alternate, median, quantile, ratio } from "./measure.ts";

Deno.test("the two sides are measured in turns", async () => {
  const order: string[] = [];
  const side = (name: string) => () => Promise.resolve(order.push(name));
  assert.deepEqual(await alternate(2, side("a"), side("b")), { ours: [1, 3], theirs: [2, 4] });
  assert.deepEqual(order, ["a", "b", "a", "b"]);
});

Deno.test("a ratio is one of medians, and its spread that of the turns", () => {
  const measure = ratio("", { ours: [10, 20, 90], theirs: [10, 10, 30] }, { most: 2 });
  assert.deepEqual([measure.value, measure.low, measure.high], [2, 1, 3]);
  assert(isMet(measure));
  assert(!isMet({ ...measure, goal: { least: 2.1 } }));
});

Deno.test("the median of an even number is the mean of the middle two", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(quantile(Array.from({ length: 1000 }, (_, index) => index + 1), 0.99), 990.5);
  assert.equal(quantile([7], 0.99), 7);
});
