/** By how much an uptime changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { percent } from "../../src/web/kit/numbers.ts";
import { pointsBetween } from "../../src/web/fleet/points.ts";

const part = fc.bigInt({ min: 0n, max: 10n ** 16n });
const uptime = fc.record({ up: part, down: part }).filter(({ up, down }) => up + down > 0n);

Deno.test("a change is the difference of the percentages that a page shows", () => {
  const shown = (sums: { up: bigint; down: bigint }) => BigInt(percent(sums).replaceAll(/\D/g, ""));
  fc.assert(fc.property(uptime, uptime, (then, now) => {
    assert.equal(BigInt(Math.round((pointsBetween(then, now) ?? NaN) * 100)), shown(now) - shown(then));
  }));
  assert.equal(pointsBetween({ up: 944_099n, down: 55_901n }, { up: 944_100n, down: 55_900n }), 0.01);
  assert.equal(pointsBetween({ up: 0n, down: 0n }, { up: 1n, down: 0n }), undefined);
});
