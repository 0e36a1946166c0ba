import assert from "node:assert/strict";
import {
  DEFAULT_MAX_REJECTS,
  isTooMany,
  type MaxRejects,
  maxRejectsText,
  parseMaxRejects,
} from "../../src/ingest/max_rejects.ts";

function parsed(text: string): MaxRejects {
  return parseMaxRejects(text) ?? assert.fail(`${text} is no limit`);
}

Deno.test("a limit is a number of rows or a percentage", () => {
  for (const text of ["0", "7", "0%", "10%", "12.5%", "0.0001%", "100%"]) {
    assert.equal(maxRejectsText(parsed(text)), text);
  }
  for (const text of ["", "-1", "1.5", "101%", "100.0001%", "10 %", "%", "ten", "1e3", "0.00001%"]) {
    assert.equal(parseMaxRejects(text), undefined, text);
  }
});

Deno.test("exactly as many bad rows as allowed are not too many", () => {
  const cases: [string, number, number, boolean][] = [
    ["0", 0, 10, false],
    ["0", 1, 10, true],
    ["3", 3, 3, false],
    ["3", 4, 1_000, true],
    ["10%", 1, 10, false],
    ["10%", 2, 19, true],
    ["0.1%", 1, 1_000, false],
    ["0.1%", 1, 999, true],
    ["0.3%", 3, 1_000, false],
    ["100%", 5, 5, false],
    ["0%", 0, 0, false],
  ];
  for (const [text, bad, rows, expected] of cases) {
    assert.equal(isTooMany(parsed(text), { bad, rows }), expected, `${bad} of ${rows} at ${text}`);
  }
});

Deno.test("half of the rows may be bad if nothing is said", () => {
  assert.equal(isTooMany(DEFAULT_MAX_REJECTS, { bad: 5, rows: 10 }), false);
  assert.equal(isTooMany(DEFAULT_MAX_REJECTS, { bad: 6, rows: 11 }), true);
});
