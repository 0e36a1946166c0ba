import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonPieces, shapeOf } from "../../src/http/kit/json_pieces.ts";
import { Problem } from "../../src/http/kit/problem.ts";
import { reducedJson } from "../../src/http/kit/reduced_json.ts";

async function piecesOf(text: string): Promise<string[]> {
  return (await Array.fromAsync(jsonPieces(text))).flat();
}

Deno.test("the pieces of an array are its elements, whatever they hold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), async (values, indent) => {
      const pieces = await piecesOf(JSON.stringify(values, undefined, indent));
      assert.deepEqual(pieces.map((piece) => JSON.parse(piece)), JSON.parse(JSON.stringify(values)));
    }),
  );
});

Deno.test("the pieces of an object are its members", async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (members) => {
      const text = JSON.stringify(members);
      const pieces = await piecesOf(text);
      assert.equal(`{${pieces.join(",")}}`, text);
      for (const piece of pieces) assert.equal(Object.keys(JSON.parse(`{${piece}}`)).length, 1);
    }),
  );
});

Deno.test("brackets, commas and quotes in strings do not count", async () => {
  assert.deepEqual(await piecesOf(String.raw`["],[", "\"", "\\", "{,\\\"}" , []]`), [
    String.raw`"],["`,
    String.raw` "\""`,
    String.raw` "\\"`,
    String.raw` "{,\\\"}" `,
    " []",
  ]);
});

Deno.test("what is no JSON outside of its pieces is refused", async () => {
  for (
    const text of ["[", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1}", "{]", "[1] 2", "[[1]", '["a', '["a\\"]', "[ , ]"]
  ) {
    await assert.rejects(piecesOf(text), Problem, text);
  }
  for (const text of ["[]", " [ ] ", "{}", "\n{\t}"]) assert.deepEqual(await piecesOf(text), []);
});

Deno.test("the first bracket shows the shape of a text", () => {
  assert.deepEqual([" [", "\n{}", "7", '"["', "", "x["].map(shapeOf), [
    "array",
    "object",
    "other",
    "other",
    "other",
    "other",
  ]);
});

Deno.test("a long object keeps its first thousand members, and says how many it lost", async () => {
  const members = Array.from({ length: 20_000 }, (_, index) => [`key ${index}`, index]);
  const { text, omitted } = await reducedJson(JSON.stringify(Object.fromEntries(members)));
  assert.deepEqual(JSON.parse(text), Object.fromEntries(members.slice(0, 1_000)));
  assert.equal(omitted, 19_000);
});

Deno.test("a long value becomes the beginning of its text, and a short text stays as it is", async () => {
  const long = JSON.stringify({ precision: 2, method: Array.from({ length: 50_000 }, (_, index) => index) });
  assert.deepEqual(JSON.parse((await reducedJson(long)).text), {
    precision: 2,
    method: long.slice(long.indexOf("["), long.indexOf("[") + 200),
  });
  assert.equal((await reducedJson('{"a": 1')).text, '{"a": 1');
  const string = JSON.stringify("x".repeat(100_000));
  assert.equal(JSON.parse((await reducedJson(string)).text), "x".repeat(200));
});

Deno.test("a long text that is not JSON is refused", async () => {
  const filler = `"a":1,`.repeat(20_000);
  for (
    const text of [`{${filler}`, `{${filler}"b"}`, `{${filler}"b":}`, `[${"1,".repeat(50_000)}x]`, "x".repeat(100_000)]
  ) {
    await assert.rejects(reducedJson(text), Problem);
  }
});
