/** Where the scale of a trend begins. */
import assert from "node:assert/strict";
import { floorOf, thinIn } from "../../src/web/trends/trend_scale.ts";
import type { TrendDate } from "../../src/trends/trend.ts";

/** A date with hours scheduled, all of them observed, some of them down. */
function date(scheduled: number, down: number): TrendDate {
  return {
    date: 0,
    stores: 1,
    storeDays: 1,
    scheduled: BigInt(scheduled),
    up: BigInt(scheduled - down),
    down: BigInt(down),
  };
}

Deno.test("downtime of the worst date takes at most half of the scale", () => {
  for (const [down, floor] of [[0, 0], [1, 98], [5, 90], [6, 85], [30, 40], [31, 0], [100, 0]] as const) {
    assert.equal(floorOf([date(100, 0), date(100, down)]), floor, `${down} % down`);
  }
});

Deno.test("a date with few business hours does not stretch the scale", () => {
  const [usual, holiday, shorter] = [date(1000, 50), date(49, 40), date(50, 40)];
  assert.equal(floorOf([usual, holiday]), 90);
  assert.equal(floorOf([usual, shorter]), 0);
  assert.deepEqual([usual, holiday, shorter, date(0, 0)].map(thinIn([usual, holiday])), [false, true, false, false]);
});
