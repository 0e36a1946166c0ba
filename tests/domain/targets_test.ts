import assert from "node:assert/strict";
import fc from "fast-check";
import { formatLoss, lossOf } from "../../src/domain/targets/money.ts";
import { budgetOf, parseTarget } from "../../src/domain/targets/target.ts";
import { HOUR } from "../../src/domain/time/interval.ts";

Deno.test("a target is a number from 0 to 100 with at most four decimals", () => {
  assert.deepEqual(["0", "99.5", "99.50", "100", "0.0001", "099"].map(parseTarget), [
    "0",
    "99.5",
    "99.5",
    "100",
    "0.0001",
    "99",
  ]);
  for (const text of ["", "-1", "100.0001", "101", "99.12345", "1e1", "99,5", "99 %", " 9", "NaN"]) {
    assert.equal(parseTarget(text), undefined, text);
  }
});

Deno.test("a budget is what the target allows, rounded down to a microsecond, less what is used", () => {
  assert.equal(budgetOf({ scheduled: 100 * HOUR, down: 0 }, "99.5"), BigInt(HOUR / 2));
  assert.equal(budgetOf({ scheduled: 100 * HOUR, down: HOUR }, "99.5"), BigInt(-HOUR / 2));
  assert.equal(budgetOf({ scheduled: 3, down: 0 }, "50"), 1n);
  assert.equal(budgetOf({ scheduled: 3, down: 1 }, "100"), -1n);
});

Deno.test("lost sales are downtime × sales per hour, rounded half up once", () => {
  const shown = (down: number, sales: string) => formatLoss(lossOf(down, sales));
  assert.equal(shown(1.5 * HOUR, "1250.50"), "1875.75");
  assert.equal(shown(HOUR, "0.005"), "0.01");
  assert.equal(shown(HOUR - 1, "0.005"), "0.00");
  assert.equal(formatLoss(lossOf(HOUR, "0.004") + lossOf(HOUR, "0.004")), "0.01");
});

Deno.test("a budget and lost sales agree with long division by hand", () => {
  const micros = fc.integer({ min: 0, max: 400 * 24 * HOUR });
  fc.assert(fc.property(micros, micros, fc.integer({ min: 0, max: 1_000_000 }), (scheduled, down, parts) => {
    const target = parseTarget((parts / 10_000).toFixed(4)) ?? "";
    const allowed = budgetOf({ scheduled, down }, target) + BigInt(down);
    const exact = BigInt(scheduled) * BigInt(1_000_000 - parts);
    assert(allowed * 1_000_000n <= exact && exact < (allowed + 1n) * 1_000_000n);
  }));
  fc.assert(fc.property(micros, fc.integer({ min: 0, max: 10 ** 9 }), (down, cents) => {
    const shown = BigInt(formatLoss(lossOf(down, (cents / 100).toFixed(2))).replace(".", ""));
    const exact = BigInt(down) * BigInt(cents);
    assert(
      2n * shown * BigInt(HOUR) <= 2n * exact + BigInt(HOUR) &&
        2n * exact + BigInt(HOUR) < 2n * (shown + 1n) * BigInt(HOUR),
    );
  }));
});
