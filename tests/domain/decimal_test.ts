import assert from "node:assert/strict";
import fc from "fast-check";
import { decimal } from "../../src/domain/decimal.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";

/** Half up in whole numbers without limit: floor(length × 10^precision / unit + 1/2). */
function exactDecimal(length: number, unit: number, precision: number): string {
  const scaled = (2n * BigInt(length) * 10n ** BigInt(precision) + BigInt(unit)) / (2n * BigInt(unit));
  const digits = scaled.toString().padStart(precision + 1, "0");
  const point = digits.length - precision;
  return precision === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

const precision = fc.integer({ min: 0, max: 6 });
const unit = fc.constantFrom(MINUTE, HOUR);
const anyLength = fc.oneof(
  fc.integer({ min: 0, max: 168 * HOUR }),
  fc.integer({ min: 0, max: 168 * 3600 }).map((second) => second * 1_000_000),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
);

Deno.test("R48: a decimal is the exact value rounded half up once, whatever the precision", () => {
  fc.assert(
    fc.property(anyLength, unit, precision, (length, unit, precision) => {
      assert.equal(decimal(length, unit, precision), exactDecimal(length, unit, precision));
    }),
    { numRuns: 20_000 },
  );
});

Deno.test("R48: a decimal is right on both sides of every border between two results", () => {
  const steps = fc.integer({ min: 0, max: 168_000_000 });
  fc.assert(
    fc.property(steps, fc.integer({ min: -2, max: 2 }), unit, precision, (step, off, unit, precision) => {
      const length = Math.max(0, Math.floor((step + 0.5) * (unit / 10 ** precision)) + off);
      fc.pre(Number.isSafeInteger(length));
      assert.equal(decimal(length, unit, precision), exactDecimal(length, unit, precision));
    }),
    { numRuns: 20_000 },
  );
});

Deno.test("R48: half of the last digit is rounded up, a microsecond less is not", () => {
  assert.equal(decimal(18_000_000, HOUR, 2), "0.01"); // 18 s = 0.005 h
  assert.equal(decimal(17_999_999, HOUR, 2), "0.00");
  assert.equal(decimal(54_000_000, HOUR, 2), "0.02"); // 54 s = 0.015 h: not to the even digit
  assert.equal(decimal(90 * MINUTE, HOUR, 0), "2");
  assert.equal(decimal(90 * MINUTE - 1, HOUR, 0), "1");
});

Deno.test("R48: rounding up carries into the whole part", () => {
  assert.equal(decimal(HOUR - 1, HOUR, 6), "1.000000");
  assert.equal(decimal(60 * MINUTE - 1, MINUTE, 2), "60.00");
  assert.equal(decimal(10 * HOUR - 1, HOUR, 2), "10.00");
});

Deno.test("R48: a decimal keeps its zeros, has no exponent, and has no point without digits after it", () => {
  assert.equal(decimal(0, HOUR, 2), "0.00");
  assert.equal(decimal(1, HOUR, 6), "0.000000");
  assert.equal(decimal(1800, HOUR, 6), "0.000001");
  assert.equal(decimal(168 * HOUR, HOUR, 0), "168");
  assert.equal(decimal(1.5 * HOUR, HOUR, 6), "1.500000");
  assert.equal(decimal(Number.MAX_SAFE_INTEGER, HOUR, 2), "2501999.79");
});
