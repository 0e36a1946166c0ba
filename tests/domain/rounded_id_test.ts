import assert from "node:assert/strict";
import fc from "fast-check";
import { isWithin, partsOf, roundedId } from "../../src/domain/rounded_id.ts";

const anId = fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n - 1n }).map(String);

/** What becomes of an id in programs that take it for a number. */
const ROUNDINGS: Record<string, (id: string) => string> = {
  "Excel keeps 15 digits and puts zeros behind them": (id) => id.slice(0, 15) + "0".repeat(id.length - 15),
  "Excel shows 15 digits": (id) => `${id[0]}.${id.slice(1, 15)}E+${id.length - 1}`,
  "a narrow column shows six": (id) => Number(id).toExponential(5).replace("e", "E"),
  "LibreOffice rounds to 15": (id) => Number(id).toExponential(14).replace("e", "E"),
  "a German spreadsheet writes a comma": (id) => Number(id).toExponential(14).replace("e", "E").replace(".", ","),
  "JavaScript writes the shortest text of a double": (id) => String(Number(id)),
  "pandas writes all digits of a double": (id) => BigInt(Number(id)).toString(),
  "pandas writes a float": (id) => `${BigInt(Number(id))}.0`,
};

for (const [about, round] of Object.entries(ROUNDINGS)) {
  Deno.test(`a rounded id can mean the id that it was made of: ${about}`, () => {
    fc.assert(
      fc.property(anId, (id) => {
        const text = round(id);
        const range = roundedId(text);
        // An id that came through unchanged is found by its text.
        if (range === undefined) assert.equal(text.replace(".0", ""), id);
        else assert.ok(isWithin(id, range), text);
      }),
      { numRuns: 500 },
    );
  });
}

Deno.test("a rounded id means few others: neighbors in its last digit", () => {
  const range = roundedId("1.81420142949963E+18");
  assert.ok(range);
  for (const id of ["1814201429499626397", "1814201429499630000", "1814201429499639999"]) {
    assert.ok(isWithin(id, range), id);
  }
  for (const id of ["1814201429499624000", "1814201429499640000", "181420142949963", "18142014294996300000", "a", ""]) {
    assert.ok(!isWithin(id, range), id);
  }
  assert.deepEqual(roundedId("1814201429499630000"), range);
});

Deno.test("a part of an id, a whole id and other texts are no rounded ids", () => {
  const texts = ["", "1814", "18142014294996", "1814201429499626397", "1.5", "1.81420142949963E+5", "E+18", "1E-5"];
  for (const text of [...texts, "1.8142.0E+18", "-1.8E+18", "cafe", "1e999", "0.5E+18"]) {
    assert.equal(roundedId(text), undefined, text);
  }
});

Deno.test("a range is cut where numbers get longer, so that texts compare as numbers do", () => {
  assert.deepEqual(partsOf({ first: 95n, last: 1002n }), [
    { first: "95", last: "99" },
    { first: "100", last: "999" },
    { first: "1000", last: "1002" },
  ]);
});
