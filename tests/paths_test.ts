import assert from "node:assert/strict";
import { join } from "node:path";
import { filesBelow, ROOT } from "./support/sources.ts";

Deno.test("no path is the pathname of a URL: a space or a percent sign in it would be escaped", async () => {
  const paths = [
    "main.ts",
    ...await filesBelow("src"),
    ...await filesBelow("workers"),
    ...await filesBelow("tests"),
  ];
  for (const path of paths) {
    const text = await Deno.readTextFile(join(ROOT, path));
    assert.doesNotMatch(text, /import\.meta\.url\)\.pathname|\b[A-Z][A-Z_]+\.pathname/, path);
  }
});
