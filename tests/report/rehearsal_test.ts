import assert from "node:assert/strict";
import type { Log } from "../../src/log.ts";
import type { Chunk } from "../../src/report/chunk.ts";
import { rehearse } from "../../src/report/rehearsal.ts";
import { putStores } from "../support/fleet.ts";
import { openFixture } from "../support/reports.ts";

const STORES = [{ id: "a", polls: ["2023-01-25 12:00 inactive"] }, { id: "b" }];

Deno.test("a rehearsal computes real chunks for every worker, and leaves nothing", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, STORES);
  const rows: number[] = [];
  const compute = async (chunk: Chunk) => {
    const result = await fixture.deps.compute(chunk);
    rows.push(result.rows);
    return result;
  };
  await rehearse({ ...fixture.deps, concurrency: 2, compute });
  assert.deepEqual(rows, [2, 2, 2, 2]);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(fixture.deps.reportsFolder)), []);
  assert.equal((await fixture.sql`select from reports`).length, 0);
});

Deno.test("a rehearsal without stores does nothing, and one that fails is only logged", async () => {
  await using fixture = await openFixture();
  const messages: string[] = [];
  const log: Log = (level, message) => void messages.push(`${level}: ${message}`);
  const compute = () => Promise.reject(new Error("The worker dies"));
  await rehearse({ ...fixture.deps, log, compute });
  assert.deepEqual(messages, []);
  await putStores(fixture.sql, STORES);
  await rehearse({ ...fixture.deps, log, compute });
  assert.deepEqual(messages, ["warn: rehearsal failed"]);
});
