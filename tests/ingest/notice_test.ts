import assert from "node:assert/strict";
import { Notices } from "../../src/ingest/faults/notice.ts";

Deno.test("a notice has the line where it first occurred, and how often it did", () => {
  const notices = new Notices();
  notices.add({ code: "a", message: "A happened" }, 7);
  notices.add({ code: "b", message: "B happened" }, 8);
  notices.add({ code: "a", message: "A happened otherwise" }, 9);
  assert.deepEqual(notices.list(), [
    { code: "a", message: "A happened", count: 2, firstLine: 7 },
    { code: "b", message: "B happened", count: 1, firstLine: 8 },
  ]);
});
