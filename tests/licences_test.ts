import assert from "node:assert/strict";
import { isAllowed, lockedPackages } from "./docs/licences.ts";

for (const folder of ["", "tests/"] as const) {
  Deno.test(`each package of ${folder}deno.lock has a licence that we know and may use`, async () => {
    const packages = await lockedPackages(folder);
    assert.ok(packages.length > 40, `${packages.length}`);
    assert.deepEqual(packages.filter(({ licence }) => !isAllowed(licence)), []);
  });
}

Deno.test("a licence that nobody looked at is not allowed, and one of several is enough", () => {
  for (const licence of ["MIT", "(MIT OR GPL-3.0)", "GPL-3.0 OR ISC"]) assert.ok(isAllowed(licence), licence);
  for (const licence of [undefined, "", "GPL-3.0", "AGPL-3.0", "UNLICENSED", "SEE LICENSE IN x", "MIT AND GPL-3.0"]) {
    assert.ok(!isAllowed(licence), licence);
  }
});

Deno.test("versions are exact, so that nothing changes without a commit", async () => {
  for (const path of ["../deno.json", "deno.json", "bench/extras/deno.json", "openapi/deno.json"]) {
    const text = await Deno.readTextFile(new URL(path, import.meta.url));
    const { imports = {}, lock, allowScripts }: Project = JSON.parse(text);
    for (const [name, at] of Object.entries(imports)) {
      assert.match(at, /^npm:(@[^@]+|[^@]+)@\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    }
    assert.equal(lock?.frozen, true, path);
    assert.deepEqual(allowScripts?.allow ?? [], [], `${path}: no package may run a script`);
  }
});

interface Project {
  readonly imports?: Readonly<Record<string, string>>;
  readonly lock?: { readonly frozen?: boolean };
  readonly allowScripts?: { readonly allow?: readonly string[] };
}
