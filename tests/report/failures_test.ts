import assert from "node:assert/strict";
import { isLostConnection } from "../../src/db/connection/lost_connection.ts";
import { takeUp } from "../../src/db/reports/report_run.ts";
import { cancelReport, deleteReports, failAbandoned, getReport, insertReport } from "../../src/db/reports/reports.ts";
import { ReportBusy, withReportLock } from "../../src/db/postgres/snapshot.ts";
import type { ComputeChunk } from "../../src/report/chunk.ts";
import { makeReport } from "../../src/report/make_report.ts";
import { WorkerDied, WorkerPool } from "../../workers/pool.ts";
import { putStores, type TestStore } from "../support/fleet.ts";
import { openFixture, STEP } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";

const FLEET: TestStore[] = ["1", "2", "3", "4", "5"].map((id) => ({ id, polls: ["18:00 active"] }));

async function names(folder: string): Promise<string[]> {
  return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
}

Deno.test("a chunk that fails once or twice is done again", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const right = await fixture.report();
  let failures = 2;
  const flaky: ComputeChunk = async (chunk) => {
    if (chunk.number === 2 && failures-- > 0) throw new WorkerDied("it died");
    return await fixture.deps.compute(chunk);
  };
  const { csv, report } = await fixture.report({}, { compute: flaky, concurrency: 2 });
  assert.equal(csv, right.csv);
  const [row] = await fixture.sql`select attempts from chunks where report_id = ${report.reportId} and number = 2`;
  assert.equal(row?.attempts, 3);
});

Deno.test("a chunk that fails three times makes the report fail, with the reason and without a file", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  let tries = 0;
  const broken: ComputeChunk = async (chunk) => {
    if (chunk.number !== 2) return await fixture.deps.compute(chunk);
    tries++;
    throw new Error("secret at /var/lib select * from stores");
  };
  const { report, csv } = await fixture.report({}, { compute: broken });
  assert.equal(tries, 3);
  assert.equal(report.status, "Failed");
  assert.match(report.reason ?? "", /^Chunk 2 \(stores 3 to 4\) failed 3 times/);
  assert.doesNotMatch(report.reason ?? "", /secret|select|var/);
  assert.equal(csv, undefined);
  assert.deepEqual(await names(fixture.deps.reportsFolder), []);
});

Deno.test("a worker that dies is replaced, and its chunks are done again", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const right = await fixture.report();
  const mark = `${fixture.deps.reportsFolder}/it died`;
  const script = new URL(`../support/mortal_worker.ts?mark=${encodeURIComponent(mark)}`, import.meta.url);
  using pool = new WorkerPool({ workers: 1, zoneRules: RULES, address: fixture.address, script, rights: "inherit" });
  const { csv, report } = await fixture.report({}, { compute: pool.compute, concurrency: 1 });
  assert.equal(report.reason, undefined);
  assert.equal(csv, right.csv);
  assert.ok((await Deno.stat(mark)).isFile);
});

Deno.test("a worker that does not answer is taken for dead", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const script = new URL("../support/silent_worker.ts", import.meta.url);
  using pool = new WorkerPool({
    workers: 1,
    zoneRules: RULES,
    address: fixture.address,
    script,
    rights: "inherit",
    patienceMs: 50,
  });
  const { report } = await fixture.report({}, { compute: pool.compute });
  assert.equal(report.status, "Failed");
  assert.match(report.reason ?? "", /last with WorkerDied/);
});

Deno.test("a report that is cancelled while it runs stops, and leaves no file", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  let chunks = 0;
  const cancelling: ComputeChunk = async (chunk) => {
    chunks++;
    await fixture.sql`update reports set status = 'Cancelled', reason = 'test' where status = 'Running'`;
    await new Promise((resolve) => setTimeout(resolve, 120));
    return await fixture.deps.compute(chunk);
  };
  const { report, csv } = await fixture.report({}, { compute: cancelling });
  assert.equal(report.status, "Cancelled");
  assert.equal(chunks, 1);
  assert.equal(csv, undefined);
  assert.deepEqual(await names(fixture.deps.reportsFolder), []);
});

Deno.test("a report that is cancelled in its last moment is not completed", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET.slice(0, 1));
  const { report, csv } = await fixture.report({}, {
    compute: async (chunk) => {
      const result = await fixture.deps.compute(chunk);
      await fixture.sql`update reports set status = 'Cancelled', reason = 'test' where status = 'Running'`;
      return result;
    },
  });
  assert.equal(report.status, "Cancelled");
  assert.equal(csv, undefined);
});

Deno.test("a report that was cancelled or finished before anybody took it up is left alone", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "queue" });
  assert(await cancelReport(fixture.sql, reportId, "test"));
  assert.equal(await makeReport(fixture.deps, reportId), undefined);
  assert.equal((await getReport(fixture.sql, reportId))?.status, "Cancelled");
  assert.equal(await cancelReport(fixture.sql, reportId, "again"), false);
  assert.deepEqual(await deleteReports(fixture.sql, [reportId]), [reportId]);
  assert.equal(await makeReport(fixture.deps, reportId), undefined);
});

Deno.test("a stop in the middle puts the report back to be taken up again", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "queue" });
  const stop = new AbortController();
  const compute: ComputeChunk = async (chunk) => {
    stop.abort(new Error("stopped"));
    return await fixture.deps.compute(chunk);
  };
  await assert.rejects(makeReport({ ...fixture.deps, compute }, reportId, { signal: stop.signal }), /stopped/);
  assert.equal((await getReport(fixture.sql, reportId))?.status, "Started");
  assert.deepEqual(await names(fixture.deps.reportsFolder), []);
  assert.equal((await makeReport(fixture.deps, reportId))?.rows, 5);
});

Deno.test("no two processes work on one report, and it looks Running only while one does", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "queue" });
  const status = async () => (await getReport(fixture.sql, reportId))?.status;
  await withReportLock(fixture.sql, reportId, async () => {
    await takeUp(fixture.sql, reportId, RULES.version);
    assert.equal(await status(), "Running");
    await assert.rejects(makeReport(fixture.deps, reportId), ReportBusy);
  });
  assert.equal(await status(), "Started");
});

Deno.test("a report whose maker lost it to another run writes nothing", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET.slice(0, 1));
  const { report, csv } = await fixture.report({}, {
    compute: async (chunk) => {
      await fixture.sql`update reports set run = run + 1`;
      return await fixture.deps.compute(chunk);
    },
  });
  assert.notEqual(report.status, "Completed");
  assert.equal(csv, undefined);
});

Deno.test("a report that its command left behind has failed", async () => {
  await using fixture = await openFixture();
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "command" });
  await failAbandoned(fixture.sql);
  assert.equal((await getReport(fixture.sql, reportId))?.status, "Started");
  await fixture.sql`update reports set requested_at = requested_at - interval '6 seconds'`;
  await withReportLock(fixture.sql, reportId, () => failAbandoned(fixture.sql));
  assert.equal((await getReport(fixture.sql, reportId))?.status, "Started");
  await failAbandoned(fixture.sql);
  const report = await getReport(fixture.sql, reportId);
  assert.equal(report?.status, "Failed");
  assert.match(report?.reason ?? "", /command .* ended before/);
});

Deno.test("a reports folder that cannot be used makes a failed report that says so", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const { report } = await fixture.report({}, { reportsFolder: `${fixture.deps.reportsFolder}/none` });
  assert.equal(report.status, "Failed");
  assert.equal(report.reason, "The report's file could not be written: the reports folder does not exist");
});

Deno.test("when Postgres goes away in the middle the report is to be taken up again, not failed", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "queue" });
  const compute: ComputeChunk = async (chunk) => {
    await fixture.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`;
    return await fixture.deps.compute(chunk);
  };
  await assert.rejects(makeReport({ ...fixture.deps, compute }, reportId));
  assert.equal((await getReport(fixture.sql, reportId))?.status, "Started");
  assert.equal((await makeReport(fixture.deps, reportId))?.rows, 5);
});

Deno.test("when Postgres has no connection left the report is to be taken up again, not failed", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const reportId = crypto.randomUUID();
  await insertReport(fixture.sql, { reportId, request: STEP, madeBy: "queue" });
  const full = Object.assign(new Error("sorry, too many clients already"), { code: "53300" });
  await assert.rejects(makeReport({ ...fixture.deps, compute: () => Promise.reject(full) }, reportId), full);
  assert.equal((await getReport(fixture.sql, reportId))?.status, "Started");
  assert.equal((await makeReport(fixture.deps, reportId))?.rows, 5);
});

Deno.test("when the report's own connection is lost as it starts, it is to be taken up again, not failed", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, FLEET);
  await sql.unsafe(`
    create function end_first_run() returns trigger language plpgsql as $$ begin
      perform pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database());
      perform pg_sleep(0.5);
      return new;
    end $$;
    create trigger end_first_run before update on reports
      for each row when (new.status = 'Running' and old.run = 0 and new.run = 1) execute function end_first_run()`);
  const reportId = crypto.randomUUID();
  await insertReport(sql, { reportId, request: STEP, madeBy: "queue" });
  await assert.rejects(makeReport(fixture.deps, reportId), isLostConnection);
  assert.equal((await getReport(sql, reportId))?.status, "Started");
  assert.equal((await makeReport(fixture.deps, reportId))?.rows, 5);
});
