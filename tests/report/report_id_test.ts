import assert from "node:assert/strict";
import { askedBy, newReportId } from "../../src/report/report_id.ts";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

Deno.test("a report's id is a random UUID that says which method asked for the report", () => {
  for (const method of ["GET", "POST"] as const) {
    const ids = Array.from({ length: 200 }, () => newReportId(method));
    for (const id of ids) {
      assert.match(id, UUID_4);
      assert.deepEqual([askedBy(id), askedBy(id.toUpperCase())], [method, method]);
    }
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(ids.map((id) => id.at(-1))).size, 8, "three of the last four bits stay random");
  }
});
