import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTagFilter, type TagFilter } from "../../src/domain/tags/tag_filter.ts";

Deno.test("a filter is read as it is written in a query, whatever signs its values have", () => {
  const key = fc.constantFrom("region", "brand", "city", "a", "tag_2");
  // A value cannot hold what looks like the next condition.
  const value = fc.stringMatching(/^[ A-Za-z0-9:,äé.-]{1,20}$/).filter((text) => !/,[a-z][a-z0-9_]*:/.test(text));
  fc.assert(fc.property(
    fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 8 }),
    fc.boolean(),
    (conditions, isOne) => {
      const texts = conditions.map(([key, value]) => `${key}:${value}`);
      const expected: Record<string, string[]> = {};
      for (const [key, value] of conditions) (expected[key] ??= []).push(value);
      const joined = texts.join(",");
      // The end of a value may make a condition of the next one's start.
      fc.pre(joined.split(/,(?=[a-z][a-z0-9_]*:)/).length === texts.length);
      assert.deepEqual(parseTagFilter(isOne ? [joined] : texts), expected);
    },
  ));
});

const READ: readonly (readonly [texts: string[], expected: TagFilter])[] = [
  [["region:West,region:East"], { region: ["West", "East"] }],
  [["region:West", "region:East,brand:Wraps"], { region: ["West", "East"], brand: ["Wraps"] }],
  [["city:Paris, Texas"], { city: ["Paris, Texas"] }],
  [["note:a:b,c"], { note: ["a:b,c"] }],
];

Deno.test("the first colon ends a key, and a comma separates only before a key and a colon", () => {
  for (const [texts, expected] of READ) assert.deepEqual(parseTagFilter(texts), expected);
});

const REFUSED: readonly (readonly [text: string, reason: RegExp])[] = [
  ["", /a tag and a value/],
  ["region", /a tag and a value/],
  [":West", /keys of a small letter/],
  ["Region:West", /keys of a small letter/],
  ["__proto__:x", /keys of a small letter/],
  ["region:", /1 to 64 characters/],
  [`region:${"x".repeat(65)}`, /1 to 64 characters/],
  ["region:\0", /1 to 64 characters/],
  ["region:\ud800", /1 to 64 characters/],
  [["a", "b", "c", "d", "e", "f"].map((key) => `${key}:x`).join(), /at most 5 keys/],
  [Array.from({ length: 51 }, (_, index) => `a:${index}`).join(), /1 to 50 values/],
];

Deno.test("a filter that cannot be read says why", () => {
  for (const [text, reason] of REFUSED) {
    const read = parseTagFilter([text]);
    assert.ok(typeof read === "string", text);
    assert.match(read, reason);
  }
});
