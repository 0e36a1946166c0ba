import assert from "node:assert/strict";
import fc from "fast-check";
import { decimal, decimalOfSum } from "../../src/domain/decimal.ts";
import { MEASURES } from "../../src/domain/measures/measures.ts";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { subset } from "../../src/domain/measures/subset.ts";
import { addTotals, totalsOf } from "../../src/domain/measures/totals.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";

/** Rows with measures of some microseconds each. */
const rows = fc.array(fc.record({ up: fc.nat(1e9), down: fc.nat(1e9), longest_outage: fc.nat(1e9) }), {
  maxLength: 30,
});

/** The last one is by calendar: stores have it at several times. */
const WINDOWS = [...CLASSIC_WINDOWS, "2026-10"];

function resultOf(measures: readonly Record<string, number>[]): ResultColumns {
  const result = new ResultColumns(WINDOWS, measures.length);
  measures.forEach((each, row) => {
    const windows = WINDOWS.map((_, place) => measuresWith({ ...each, outages: place }));
    result.add(`store ${String(row).padStart(2, "0")}`, windows, {
      ...NO_TEXTS,
      timezone: `zone ${row}`,
      pollAge: row,
      windows: WINDOWS.map(() => ({ start: row, end: 2 * row })),
    });
  });
  return result;
}

Deno.test("two parts of a result have its totals together, and each row stays as it is", () => {
  fc.assert(
    fc.property(rows, fc.func(fc.boolean()), (measures, isChosen) => {
      const result = resultOf(measures);
      const places = Uint32Array.from(result.storeIds.keys());
      const [some, others] = [true, false].map((chosen) =>
        subset(result, places.filter((place) => isChosen(place) === chosen))
      );
      assert.ok(some && others);
      assert.deepEqual(addTotals(totalsOf(some), totalsOf(others)), totalsOf(result));
      some.storeIds.forEach((id, row) => {
        const place = result.storeIds.indexOf(id);
        for (const measure of MEASURES) {
          assert.equal(some.column("last_day", measure)?.[row], result.column("last_day", measure)?.[place]);
        }
        const { from, to } = some.ends("2026-10") ?? {};
        assert.deepEqual([from?.[row], to?.[row], some.ends("last_day")], [place, 2 * place, undefined]);
        assert.deepEqual([some.text("timezone")?.[row], some.pollAge?.[row]], [`zone ${place}`, place]);
      });
    }),
    { numRuns: 200 },
  );
});

Deno.test("a sum is written as a length is, and beyond what a double holds as exactly", () => {
  const anyUnit = fc.constantFrom(MINUTE, HOUR);
  fc.assert(fc.property(fc.nat(Number.MAX_SAFE_INTEGER), anyUnit, fc.nat(6), (length, unit, precision) => {
    assert.equal(decimalOfSum(BigInt(length), unit, precision), decimal(length, unit, precision));
  }));
  assert.equal(decimalOfSum(10n ** 20n + 1n, HOUR, 2), "27777777777.78");
  assert.equal(decimalOfSum(BigInt(HOUR) * 10n ** 12n + BigInt(HOUR / 2), HOUR, 1), "1000000000000.5");
});
