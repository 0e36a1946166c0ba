import assert from "node:assert/strict";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { openFixture } from "../support/reports.ts";
import { assertAgreement, loadSample } from "../support/sample_agreement.ts";

Deno.test("every row of a sample is what one SQL statement says, to the last digit, by each method", async () => {
  await using fixture = await openFixture();
  await loadSample(fixture.sql, 400);
  assert.equal(await assertAgreement(fixture, { chunkSize: 150 }), METHOD_NAMES.length * 400);
});
