import assert from "node:assert/strict";
import { mostDowntime, silentRows } from "../../src/domain/measures/ranking.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import type { Chunk, ComputeChunk } from "../../src/report/chunk.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { putPolls, putStores, type TestStore } from "../support/fleet.ts";
import { openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";

/** As of Wednesday 2023-01-25, 18:00 UTC, which is noon in Chicago. */
const FLEET: TestStore[] = [
  { id: "9", zone: "UTC", hours: [[2, "09:00", "17:00"]], polls: ["08:00 active", "16:00 inactive"] },
  { id: "10", polls: ["18:00 active"] },
  { id: "never polled" },
  { id: "a,b", zone: "Asia/Kolkata", polls: ["2022-12-01 00:00 inactive"] },
  { id: "é", zone: "UTC", hours: [[0, "22:00", "02:00"]], polls: ["2023-01-23 23:00 inactive", "17:30 active"] },
];

Deno.test("a report has a row for every store, sorted by code point, with the last poll before the window", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const { csv, report } = await fixture.report();
  assert.equal(
    csv,
    [
      "10,60.00,24.00,168.00,0.00,0.00,0.00",
      "9,0.00,7.00,7.00,0.00,1.00,1.00",
      '"a,b",0.00,0.00,0.00,60.00,24.00,168.00',
      "never polled,60.00,24.00,168.00,0.00,0.00,0.00",
      "é,0.00,0.00,1.00,0.00,0.00,3.00",
      "",
    ].join("\n"),
  );
  assert.equal(report.status, "Completed");
  assert.equal(report.rows, 5);
  assert.equal(report.storesDone, 5);
  const result = await readResult(fixture.deps.reportsFolder, report.reportId) ??
    assert.fail("There is no result file");
  const ids = (rows: readonly number[]) => rows.map((row) => result.storeIds[row]);
  assert.deepEqual(ids(mostDowntime(result, "last_week", 9)), ["é", "9"]);
  assert.deepEqual(ids(silentRows(result)), ["never polled", "a,b"]);
  assert.deepEqual([...result.pollAge ?? []].map((age) => age / HOUR), [0, 2, 55 * 24 + 18, Infinity, 0.5]);
});

Deno.test("the same data, as-of and method give the same bytes, whatever the workers and the size of chunks", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  using one = new WorkerPool({ workers: 1, zoneRules: RULES, address: fixture.address });
  using three = new WorkerPool({ workers: 3, zoneRules: RULES, address: fixture.address });
  for (const method of METHOD_NAMES) {
    const { csv, report } = await fixture.report({ method, precision: 6 });
    assert.equal(report.status, "Completed");
    assert.ok((report.dependsOn?.polls.count ?? 0) > 0);
    for (const pool of [one, three]) {
      for (const chunkSize of [1, 2, 100]) {
        const other = await fixture.report({ method, precision: 6 }, {
          compute: pool.compute,
          concurrency: pool.capacity,
          chunkSize,
        });
        assert.equal(other.csv, csv);
        assert.equal(other.report.sha256, report.sha256);
        assert.deepEqual(other.report.dependsOn, report.dependsOn);
      }
    }
  }
});

Deno.test("a chunk's result is the same in this thread, in a worker, and on another machine", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  using pool = new WorkerPool({ workers: 1, zoneRules: RULES, address: fixture.address });
  const elsewhere: ComputeChunk = (chunk) => fixture.deps.compute(JSON.parse(JSON.stringify(chunk)));
  const results: unknown[] = [];
  const all: ComputeChunk = async (chunk) => {
    for (const compute of [fixture.deps.compute, pool.compute, elsewhere]) {
      const { fetchMs, computeMs, worker, ...result } = await compute(chunk);
      assert(fetchMs > 0 && computeMs > 0 && worker >= 0);
      results.push(result);
    }
    return await fixture.deps.compute(chunk);
  };
  await fixture.report({}, { compute: all, chunkSize: 100 });
  assert.equal(results.length, 3);
  assert.deepEqual(results[1], results[0]);
  assert.deepEqual(results[2], results[0]);
});

Deno.test("as-of can be asked for, and a later poll is as if it did not exist", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, [{ id: "s", polls: ["09:00 active", "10:00 inactive", "11:00 active"] }]);
  const asOf = Date.UTC(2023, 0, 25, 10, 30) * 1000;
  assert.equal((await fixture.report({ asOf })).csv, "s,30.00,23.50,167.50,30.00,0.50,0.50\n");
  const { report } = await fixture.report();
  assert.equal(report.asOf, Date.UTC(2023, 0, 25, 11) * 1000);
});

Deno.test("in-hours finds the last poll inside an opening, however many lie between", async () => {
  await using fixture = await openFixture();
  // 400 polls at night, after the one that counts.
  const nights = Array.from({ length: 400 }, (_, n) => {
    const [day, minute, second] = [10 + (n % 8), Math.floor(n / 8), n % 8].map((part) => String(part).padStart(2, "0"));
    return `2022-12-${day} 03:${minute}:${second} active`;
  });
  const store: TestStore = { id: "s", zone: "UTC", hours: [0, 1, 2, 3, 4, 5, 6].map((day) => [day, "09:00", "17:00"]) };
  await putStores(fixture.sql, [{
    ...store,
    polls: ["2022-12-01 12:00 inactive", ...nights, "2023-01-25 18:00 active"],
  }]);
  assert.equal((await fixture.report({ method: "in-hours" })).csv, "s,0.00,0.00,0.00,0.00,8.00,56.00\n");
  assert.equal((await fixture.report({ method: "step" })).csv, "s,0.00,8.00,56.00,0.00,0.00,0.00\n");
});

Deno.test("a database without stores, or without polls, makes a failed report that says what to load", async () => {
  await using fixture = await openFixture();
  const empty = await fixture.report();
  assert.equal(empty.report.status, "Failed");
  assert.match(empty.report.reason ?? "", /no stores: load polls, hours or timezones/);
  assert.equal(empty.csv, undefined);
  await putStores(fixture.sql, [{ id: "s" }]);
  for (const asOf of [undefined, 0]) {
    const { report, csv } = await fixture.report({ asOf });
    assert.equal(report.status, "Failed");
    assert.match(report.reason ?? "", /no polls: load polls/);
    assert.equal(csv, undefined);
  }
});

Deno.test("a store whose zone cannot be opened is named, not written as zeros, and the others are right", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, [{ id: "bad", zone: "Mars/Olympus" }, { id: "good", polls: ["18:00 active"] }]);
  for (const method of METHOD_NAMES) {
    const { csv, summary, report } = await fixture.report({ method });
    assert.match(csv ?? "", /^good,[^\n]*\n$/);
    assert.equal(report.status, "Completed");
    assert.deepEqual(summary?.errors, [{ storeId: "bad", reason: '"Mars/Olympus" is not an IANA time zone' }]);
  }
});

Deno.test("what is loaded while a report runs is not in it", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const { csv } = await fixture.report();
  const meddle: ComputeChunk = async (chunk) => {
    await putPolls(fixture.sql, "10", [`17:${10 + chunk.number} inactive`]);
    await putStores(fixture.sql, [{ id: `1${chunk.number}` }]);
    return await fixture.deps.compute(chunk);
  };
  assert.equal((await fixture.report({}, { compute: meddle })).csv, csv);
  assert.notEqual((await fixture.report()).csv, csv);
});

Deno.test("the performance CSV has a row per chunk", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const { performance = "" } = await fixture.report();
  const lines = performance.trimEnd().split("\n");
  assert.equal(lines.shift(), "chunk,worker,stores,polls,fetch_ms,compute_ms,write_ms");
  assert.deepEqual(lines.map((line) => line.split(",").slice(0, 4).join()), ["1,0,2,3", "2,0,2,1", "3,0,1,2"]);
  for (const line of lines) assert.match(line, /(,\d+\.\d{3}){3}$/);
});

Deno.test("chunks are ranges of ids in the order of code points", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const chunks: Chunk[] = [];
  await fixture.report({}, { compute: (chunk) => (chunks.push(chunk), fixture.deps.compute(chunk)) });
  assert.deepEqual(chunks.map(({ range }) => [range.first, range.last]), [["10", "9"], ["a,b", "never polled"], [
    "é",
    "é",
  ]]);
});
