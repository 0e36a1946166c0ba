import assert from "node:assert/strict";
import { openBench } from "../support/reports.ts";
import { assertAgreement, loadSample } from "../support/sample_agreement.ts";

Deno.test("every row of a sample is what one SQL statement says, to the last digit, by each method", async () => {
  await using bench = await openBench();
  await loadSample(bench.sql, 400);
  assert.equal(await assertAgreement(bench, { chunkSize: 150 }), 4 * 400);
});
