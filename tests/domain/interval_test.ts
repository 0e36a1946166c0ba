import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, type Interval, merge, overlap } from "../../src/domain/time/interval.ts";

const ends = fc.integer({ min: 0, max: 40 });
const intervals = fc.array(fc.record({ start: ends, end: ends }), { maxLength: 12 });

function isIn({ start, end }: Interval, instant: number): boolean {
  return start <= instant && instant < end;
}

Deno.test("R15: an interval has its start and not its end", () => {
  const open = merge([{ start: 10, end: 20 }, { start: 30, end: 40 }]);
  assert.deepEqual([9, 10, 19, 20, 29, 30, 39, 40].map((instant) => covers(open, instant)), [
    ...[false, true, true, false],
    ...[false, true, true, false],
  ]);
  assert.equal(covers([], 10), false);
});

Deno.test("R15: what two intervals share is what lies in both", () => {
  assert.deepEqual(overlap({ start: 0, end: 10 }, { start: 5, end: 20 }), { start: 5, end: 10 });
  const apart = overlap({ start: 0, end: 10 }, { start: 10, end: 20 });
  assert.ok(apart.end <= apart.start);
});

Deno.test("R28: merged intervals cover what the intervals cover, are sorted, not empty, and do not touch", () => {
  fc.assert(fc.property(intervals, (intervals) => {
    const merged = merge(intervals);
    for (let instant = -1; instant <= 41; instant++) {
      assert.equal(covers(merged, instant), intervals.some((interval) => isIn(interval, instant)));
    }
    merged.forEach(({ start, end }, index) => {
      assert.ok(start < end && start > (merged[index - 1]?.end ?? -Infinity));
    });
  }));
});

Deno.test("R28: merging leaves what it is given as it was", () => {
  const given = [{ start: 5, end: 9 }, { start: 1, end: 6 }];
  const before = structuredClone(given);
  assert.deepEqual(merge(given), [{ start: 1, end: 9 }]);
  assert.deepEqual(given, before);
});
