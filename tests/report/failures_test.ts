import assert from "node:assert/strict";
import {
  cancelReport,
  deleteReport,
  failAbandoned,
  getReport,
  insertReport,
  takeUp,
} from "../../src/db/reports/reports.ts";
import { ReportBusy, withReportLock } from "../../src/db/postgres/snapshot.ts";
import type { ComputeChunk } from "../../src/report/chunk.ts";
import { makeReport } from "../../src/report/make_report.ts";
import { WorkerDied, WorkerPool } from "../../workers/pool.ts";
import { putStores, type TestStore } from "../support/fleet.ts";
import { openBench, STEP } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";

const FLEET: TestStore[] = ["1", "2", "3", "4", "5"].map((id) => ({ id, polls: ["18:00 active"] }));

async function names(folder: string): Promise<string[]> {
  return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
}

Deno.test("a chunk that fails once or twice is done again", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const right = await bench.report();
  let failures = 2;
  const flaky: ComputeChunk = async (chunk) => {
    if (chunk.number === 2 && failures-- > 0) throw new WorkerDied("it died");
    return await bench.deps.compute(chunk);
  };
  const { csv, report } = await bench.report({}, { compute: flaky, lanes: 2 });
  assert.equal(csv, right.csv);
  const [row] = await bench.sql`select attempts from chunks where report_id = ${report.reportId} and number = 2`;
  assert.equal(row?.attempts, 3);
});

Deno.test("a chunk that fails three times makes the report fail, with the reason and without a file", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  let tries = 0;
  const broken: ComputeChunk = async (chunk) => {
    if (chunk.number !== 2) return await bench.deps.compute(chunk);
    tries++;
    throw new Error("secret at /var/lib select * from stores");
  };
  const { report, csv } = await bench.report({}, { compute: broken });
  assert.equal(tries, 3);
  assert.equal(report.state, "Failed");
  assert.match(report.reason ?? "", /^Chunk 2 \(stores 3 to 4\) failed 3 times/);
  assert.doesNotMatch(report.reason ?? "", /secret|select|var/);
  assert.equal(csv, undefined);
  assert.deepEqual(await names(bench.deps.reportsFolder), []);
});

Deno.test("a worker that dies is replaced, and its chunks are done again", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const right = await bench.report();
  const mark = `${bench.deps.reportsFolder}/it died`;
  const script = new URL(`../support/mortal_worker.ts?mark=${encodeURIComponent(mark)}`, import.meta.url);
  using pool = new WorkerPool({ workers: 1, rules: RULES, address: bench.address, script });
  const { csv, report } = await bench.report({}, { compute: pool.compute, lanes: 1 });
  assert.equal(report.reason, undefined);
  assert.equal(csv, right.csv);
  assert.ok((await Deno.stat(mark)).isFile);
});

Deno.test("a worker that does not answer is taken for dead", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const script = new URL("../support/silent_worker.ts", import.meta.url);
  using pool = new WorkerPool({ workers: 1, rules: RULES, address: bench.address, script, patienceMs: 50 });
  const { report } = await bench.report({}, { compute: pool.compute });
  assert.equal(report.state, "Failed");
  assert.match(report.reason ?? "", /last with WorkerDied/);
});

Deno.test("a report that is cancelled while it runs stops, and leaves no file", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  let chunks = 0;
  const cancelling: ComputeChunk = async (chunk) => {
    chunks++;
    await bench.sql`update reports set state = 'Cancelled', reason = 'test' where state = 'Running'`;
    await new Promise((resolve) => setTimeout(resolve, 120));
    return await bench.deps.compute(chunk);
  };
  const { report, csv } = await bench.report({}, { compute: cancelling });
  assert.equal(report.state, "Cancelled");
  assert.equal(chunks, 1);
  assert.equal(csv, undefined);
  assert.deepEqual(await names(bench.deps.reportsFolder), []);
});

Deno.test("a report that is cancelled in its last moment is not completed", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET.slice(0, 1));
  const { report, csv } = await bench.report({}, {
    compute: async (chunk) => {
      const result = await bench.deps.compute(chunk);
      await bench.sql`update reports set state = 'Cancelled', reason = 'test' where state = 'Running'`;
      return result;
    },
  });
  assert.equal(report.state, "Cancelled");
  assert.equal(csv, undefined);
});

Deno.test("a report that was cancelled or finished before anybody took it up is left alone", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(bench.sql, { reportId, request: STEP, madeBy: "queue" });
  assert(await cancelReport(bench.sql, reportId, "test"));
  assert.equal(await makeReport(bench.deps, reportId), undefined);
  assert.equal((await getReport(bench.sql, reportId))?.state, "Cancelled");
  assert.equal(await cancelReport(bench.sql, reportId, "again"), false);
  assert(await deleteReport(bench.sql, reportId));
  assert.equal(await makeReport(bench.deps, reportId), undefined);
});

Deno.test("a stop in the middle puts the report back to be taken up again", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(bench.sql, { reportId, request: STEP, madeBy: "queue" });
  const stop = new AbortController();
  const compute: ComputeChunk = async (chunk) => {
    stop.abort(new Error("stopped"));
    return await bench.deps.compute(chunk);
  };
  await assert.rejects(makeReport({ ...bench.deps, compute }, reportId, { signal: stop.signal }), /stopped/);
  assert.equal((await getReport(bench.sql, reportId))?.state, "Started");
  assert.deepEqual(await names(bench.deps.reportsFolder), []);
  assert.equal((await makeReport(bench.deps, reportId))?.rows, 5);
});

Deno.test("no two work on one report, and it looks Running only while somebody does", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(bench.sql, { reportId, request: STEP, madeBy: "queue" });
  const state = async () => (await getReport(bench.sql, reportId))?.state;
  await withReportLock(bench.sql, reportId, async () => {
    await takeUp(bench.sql, reportId, RULES.version);
    assert.equal(await state(), "Running");
    await assert.rejects(makeReport(bench.deps, reportId), ReportBusy);
  });
  assert.equal(await state(), "Started");
});

Deno.test("a report whose maker lost it to another run writes nothing", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET.slice(0, 1));
  const { report, csv } = await bench.report({}, {
    compute: async (chunk) => {
      await bench.sql`update reports set run = run + 1`;
      return await bench.deps.compute(chunk);
    },
  });
  assert.notEqual(report.state, "Completed");
  assert.equal(csv, undefined);
});

Deno.test("a report that its command left behind has failed", async () => {
  await using bench = await openBench();
  const reportId = crypto.randomUUID();
  await insertReport(bench.sql, { reportId, request: STEP, madeBy: "command" });
  await failAbandoned(bench.sql);
  assert.equal((await getReport(bench.sql, reportId))?.state, "Started");
  await bench.sql`update reports set requested_at = requested_at - interval '6 seconds'`;
  await withReportLock(bench.sql, reportId, () => failAbandoned(bench.sql));
  assert.equal((await getReport(bench.sql, reportId))?.state, "Started");
  await failAbandoned(bench.sql);
  const report = await getReport(bench.sql, reportId);
  assert.equal(report?.state, "Failed");
  assert.match(report?.reason ?? "", /command .* ended before/);
});

Deno.test("a reports folder that cannot be used makes a failed report that says so", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const { report } = await bench.report({}, { reportsFolder: `${bench.deps.reportsFolder}/none` });
  assert.equal(report.state, "Failed");
  assert.equal(report.reason, "The report's file could not be written: the reports folder does not exist");
});

Deno.test("when Postgres goes away in the middle the report is to be taken up again, not failed", async () => {
  await using bench = await openBench();
  await putStores(bench.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(bench.sql, { reportId, request: STEP, madeBy: "queue" });
  const compute: ComputeChunk = async (chunk) => {
    await bench.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`;
    return await bench.deps.compute(chunk);
  };
  await assert.rejects(makeReport({ ...bench.deps, compute }, reportId));
  assert.equal((await getReport(bench.sql, reportId))?.state, "Started");
  assert.equal((await makeReport(bench.deps, reportId))?.rows, 5);
});
