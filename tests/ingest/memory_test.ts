import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const FILE_MEGABYTES = 100;

/** V8 lets garbage lie as long as it may. So it may not: a file kept in this heap would end the process. */
const HEAP_MEGABYTES = 64;
const GROWTH_ALLOWED_MEGABYTES = 150;

Deno.test("a file of 100 MB is loaded in flat memory", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-all",
      `--v8-flags=--max-old-space-size=${HEAP_MEGABYTES}`,
      fileURLToPath(new URL("../support/load_endless.ts", import.meta.url)),
      String(FILE_MEGABYTES),
    ],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const { changed, grownBy } = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(changed, 1_000);
  assert.ok(grownBy < GROWTH_ALLOWED_MEGABYTES, `memory grew by ${grownBy} MB`);
});
