import assert from "node:assert/strict";
import { concurrently } from "../../src/report/concurrently.ts";

Deno.test("items are begun in their order, never more at a time than there are concurrency", async () => {
  const begun: number[] = [];
  let running = 0;
  await concurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item);
    assert(++running <= 3);
    await Promise.resolve();
    running--;
  });
  assert.deepEqual(begun, [1, 2, 3, 4, 5, 6, 7]);
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

Deno.test("after a failure nothing more is begun, and what was under way is waited for", async () => {
  const begun: number[] = [];
  let finished = false;
  const work = async (item: number) => {
    begun.push(item);
    if (item === 2) throw new TypeError("two");
    await Promise.resolve();
    await Promise.resolve();
    finished = true;
  };
  await assert.rejects(concurrently([1, 2, 3, 4], 2, work), new TypeError("two"));
  assert.deepEqual(begun, [1, 2]);
  assert(finished);
});
