import assert from "node:assert/strict";
import { lanesOf } from "../../src/web/timing/lanes.ts";

function chunk(number: number, worker: number, [begunMs, endMs]: [number, number]) {
  const length = endMs - begunMs;
  return {
    number,
    worker,
    begunMs,
    waitMs: 0,
    fetchMs: length,
    computeMs: 0,
    writeMs: 0,
    attempts: 1,
    stores: 1,
    polls: 1,
  };
}

Deno.test("chunks that overlap are in lanes of their own, under their worker", () => {
  const lanes = lanesOf([
    chunk(1, 2, [0, 10]),
    chunk(2, 1, [0, 10]),
    chunk(3, 1, [5, 15]),
    chunk(4, 1, [10, 20]),
    chunk(5, 1, [15, 25]),
  ]);
  assert.deepEqual(lanes.map(({ worker, chunks }) => [worker, ...chunks.map(({ number }) => number)]), [
    [1, 2, 4],
    [1, 3, 5],
    [2, 1],
  ]);
});
