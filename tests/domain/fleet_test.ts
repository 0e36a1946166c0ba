import assert from "node:assert/strict";
import { FleetTotal, type FleetUptime, sumFleets, uptimeRatio, worst } from "../../src/domain/fleet.ts";
import { HOUR } from "../../src/domain/interval.ts";
import type { ReportRow } from "../../src/domain/report_row.ts";

const WEEK = { up: 160 * HOUR, down: 8 * HOUR };
const ROW = { hour: { up: HOUR, down: 0 }, day: { up: 20 * HOUR, down: 4 * HOUR }, week: WEEK };

function sumRows(rows: readonly ReportRow[]): FleetUptime {
  const total = new FleetTotal();
  for (const row of rows) total.add(row);
  return total.sum();
}

Deno.test("R16: the sum of 100,000 stores is exact, though no double could count it", () => {
  const odd = { ...ROW, week: { up: WEEK.up - 1, down: 1 } };
  const { week } = sumRows(Array.from({ length: 100_000 }, () => odd));
  assert.deepEqual(week, { up: 100_000n * BigInt(WEEK.up - 1), down: 100_000n });
  assert.ok(week.up > Number.MAX_SAFE_INTEGER);
});

Deno.test("R52: the sum is the same in whatever chunks it is made", () => {
  const rows = [ROW, { ...ROW, week: { up: 1, down: 2 } }, { ...ROW, day: { up: 3, down: 4 } }];
  assert.deepEqual(sumFleets(sumRows(rows.slice(0, 1)), sumRows(rows.slice(1))), sumRows(rows));
});

Deno.test("R40: the share of uptime is of what was judged, and nothing if nothing was", () => {
  assert.equal(uptimeRatio({ up: 3n, down: 1n }), 0.75);
  assert.equal(uptimeRatio({ up: 0, down: 0 }), undefined);
});

Deno.test("R53: the worst stores come first, equals by id, stores without downtime not at all", () => {
  const stores = [["b", 1], ["a", 1], ["c", 0], ["d", 2]] as const;
  const weeks = stores.map(([storeId, down]) => ({ storeId, up: 0, down }));
  assert.deepEqual(worst(weeks, 9).map(({ storeId }) => storeId), ["d", "a", "b"]);
  assert.deepEqual(worst(weeks, 1).map(({ storeId }) => storeId), ["d"]);
});

Deno.test("R53: ids are in the order of their code points, not of UTF-16", () => {
  const weeks = ["\u{1F3EA}", "\uFF21"].map((storeId) => ({ storeId, up: 0, down: 1 }));
  assert.deepEqual(worst(weeks, 2).map(({ storeId }) => storeId), ["\uFF21", "\u{1F3EA}"]);
});
