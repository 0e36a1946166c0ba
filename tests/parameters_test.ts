import assert from "node:assert/strict";
import { join } from "node:path";
import { parameterLists } from "./support/parameter_lists.ts";
import { filesBelow, ROOT } from "./support/sources.ts";

Deno.test("no function has more than three parameters", async () => {
  for (const path of ["main.ts", ...await filesBelow("src"), ...await filesBelow("workers")]) {
    for (const { line, parameters } of parameterLists(await Deno.readTextFile(join(ROOT, path)))) {
      assert(parameters.length <= 3, `${path}:${line} has ${parameters.length} parameters: ${parameters.join(" | ")}`);
    }
  }
});

/** A declaration, and how many parameters its lists have. */
const DECLARATIONS: readonly (readonly [string, readonly number[]])[] = [
  ["function f(a: A, b: B, c: C, d: D): void {}", [4]],
  ["async function* f<T extends [A, B]>(a: Map<A, B>, { b, c }: { b: B; c: C } = {}): X {}", [2]],
  ["class C {\n  constructor(\n    readonly a: A,\n    b = g(1, 2),\n    c: C,\n    d?: D,\n  ) {}\n}", [4]],
  ["const f = (a: (x: X, y: Y) => void, b: [B, C], c: Record<D, Set<E>>): Promise<[A, B]> => g(a, b);", [3, 2]],
  ["interface I { f(a: A, b: B, c: C, d: D): void; g: (a: A, b: B) => void }", [4, 2]],
  ["const x = isY ? f(a, b, c, d) : g(a, b, { c: 1 }, d);", []],
  ["function f(a: A, b = g(1, 2), { c } = {}): D {}", [3]],
  ["if (f(a, b, c, d)) g(a, b, c, d);", []],
  ["for (let a = 1, b = 2, c = 3, d = 4; a < b; a++) {}", []],
  ['const f = (a: string, b = "(", c = `,${g(a, b)}`, d = /[(/]\\(,/) => 1; // (a, b, c) => 2', [4]],
  ['const f = (a: Record<"x" | "y", C>, b: B): D => `${g({ a: `(${b}` })},`; const h = (a: A, b: B) => 1;', [2, 2]],
  ["return (a, b) < c ? `(` : list.map((d, e): X => f(d, e));", [2]],
  ["list.map((a, b) => a < b && c > d ? e : f(a, b, c, d))", [2]],
];

Deno.test("parameters are counted whatever brackets, generics and texts stand among them", () => {
  for (const [text, expected] of DECLARATIONS) {
    assert.deepEqual(parameterLists(text).map(({ parameters }) => parameters.length), expected, text);
  }
});
