import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { mostDowntime } from "../../src/domain/measures/ranking.ts";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { addTotals, totalOf, type Totals, totalsOf } from "../../src/domain/measures/totals.ts";
import { formatPercentage, uptimePercentage, uptimeRatio } from "../../src/domain/measures/percentage.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";
import type { Measures } from "../../src/domain/measures/measures.ts";

function week(up: number, down: number): Measures {
  return measuresWith({ up, down, observed: up + down });
}

function resultOf(weeks: readonly (readonly [string, Measures])[]): ResultColumns {
  const result = new ResultColumns(["last_week"], weeks.length);
  for (const [storeId, measures] of weeks) result.add(storeId, [measures], NO_TEXTS);
  return result;
}

function totals(weeks: readonly Measures[]): Totals {
  return totalsOf(resultOf(weeks.map((measures, index) => [String(index), measures])));
}

Deno.test("R16: the sum of 100,000 stores is exact, though no double could count it", () => {
  const odd = week(160 * HOUR - 1, 1);
  const { up, down } = totalOf(totals(Array.from({ length: 100_000 }, () => odd)), "last_week");
  assert.deepEqual({ up, down }, { up: 100_000n * BigInt(odd.up), down: 100_000n });
  assert.ok((up ?? 0n) > Number.MAX_SAFE_INTEGER);
});

Deno.test("R52: the sum is the same in whatever chunks it is made", () => {
  const weeks = [week(160 * HOUR, 8 * HOUR), week(1, 2), week(3, 4)];
  assert.deepEqual(addTotals(totals(weeks.slice(0, 1)), totals(weeks.slice(1))), totals(weeks));
});

Deno.test("outages are summed, and the longest outage is the longest of all, in whatever chunks", () => {
  const pairs: [number, number][] = [[3, 50], [2, 70], [0, 0], [1, 60]];
  const weeks = pairs.map(([outages, longest]) => measuresWith({ outages, longest_outage: longest }));
  for (let cut = 1; cut < weeks.length; cut++) {
    const total = totalOf(addTotals(totals(weeks.slice(0, cut)), totals(weeks.slice(cut))), "last_week");
    assert.deepEqual([total.outages, total.longest_outage], [6n, 70n]);
  }
});

Deno.test("R40: the share of uptime is of what was judged, and nothing if nothing was", () => {
  assert.equal(uptimeRatio({ up: 3n, down: 1n }), 0.75);
  assert.equal(uptimeRatio({ up: 0, down: 0 }), undefined);
  assert.equal(uptimePercentage({ up: 0, down: 0 }), undefined);
});

Deno.test("a percentage is rounded down from the exact value: 100 % means no downtime at all", () => {
  const shown = (up: number | bigint, down: number | bigint) => formatPercentage(uptimePercentage({ up, down }) ?? NaN);
  assert.equal(shown(168 * HOUR, 0), "100.00");
  assert.equal(shown(168 * HOUR - 1, 1), "99.99");
  assert.equal(shown(10n ** 30n, 1n), "99.99");
  assert.equal(shown(7119, 92_881), "7.11");
  assert.equal(shown(1, 168 * HOUR), "0.00");
  assert.equal(formatPercentage(9_386, 1), "93.8");
});

Deno.test("R53: the worst stores come first, equals by id, stores without downtime not at all", () => {
  const result = resultOf([["a", week(0, 1)], ["b", week(0, 1)], ["c", week(1, 0)], ["d", week(0, 2)]]);
  const worst = (count: number) => mostDowntime(result, "last_week", count).map((row) => result.storeIds[row]);
  assert.deepEqual(worst(9), ["d", "a", "b"]);
  assert.deepEqual(worst(1), ["d"]);
});
