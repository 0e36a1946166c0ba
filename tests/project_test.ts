import assert from "node:assert/strict";
import project from "../deno.json" with { type: "json" };
import ours from "./deno.json" with { type: "json" };

const CONFIGS = [["deno.json", project, "../deno.lock"], ["tests/deno.json", ours, "./deno.lock"]] as const;

interface Lock {
  readonly npm: Readonly<Record<string, { readonly scripts?: boolean }>>;
}

Deno.test("what only tests need is not downloaded by a first command", () => {
  for (const name of ["ajv", "fast-check", "hucre", "playwright-core", "@sparticuz/chromium", "axe-core"]) {
    assert.ok(name in ours.imports, name);
    assert.ok(!(name in project.imports), name);
  }
});

Deno.test("tests use the packages of the program in the same versions", () => {
  const versions: Readonly<Record<string, string>> = ours.imports;
  for (const [name, version] of Object.entries(project.imports)) assert.equal(versions[name], version, name);
});

Deno.test("each package with a build script is named as ignored, so that an install ends without a warning", async () => {
  for (const [name, { allowScripts }, path] of CONFIGS) {
    const lock: Lock = JSON.parse(await Deno.readTextFile(new URL(path, import.meta.url)));
    const withScripts = Object.entries(lock.npm).filter(([, { scripts }]) => scripts === true).map(([id]) =>
      `npm:${id}`
    );
    assert.ok(withScripts.length > 0, name);
    assert.deepEqual(allowScripts.allow, []);
    assert.deepEqual(withScripts.filter((id) => !allowScripts.deny.includes(id)), [], name);
  }
});
