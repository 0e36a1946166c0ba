import assert from "node:assert/strict";
import { concurrently } from "../../src/report/concurrently.ts";

Deno.test("items start in their order, never more at a time than the concurrency", async () => {
  const started: number[] = [];
  let running = 0;
  await concurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    started.push(item);
    assert(++running <= 3);
    await Promise.resolve();
    running--;
  });
  assert.deepEqual(started, [1, 2, 3, 4, 5, 6, 7]);
});

Deno.test("no item waits for a slow one", async () => {
  const slow = Promise.withResolvers<void>();
  const done: number[] = [];
  await concurrently([1, 2, 3, 4], 2, async (item) => {
    if (item === 1) await slow.promise;
    done.push(item);
    if (item === 4) slow.resolve();
  });
  assert.deepEqual(done, [2, 3, 4, 1]);
});

Deno.test("after a failure no item starts, and running ones are awaited", async () => {
  const started: number[] = [];
  let finished = false;
  const work = async (item: number) => {
    started.push(item);
    if (item === 2) throw new TypeError("two");
    await Promise.resolve();
    await Promise.resolve();
    finished = true;
  };
  await assert.rejects(concurrently([1, 2, 3, 4], 2, work), new TypeError("two"));
  assert.deepEqual(started, [1, 2]);
  assert(finished);
});
