import assert from "node:assert/strict";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf, trigger } from "../support/http_service.ts";

Deno.test("the files of a report", async (t) => {
  await using service = await openService();
  const { app } = service;
  const id = await service.report();
  const url = `/reports/${id}/report.csv`;
  const bytes = await Deno.readFile(reportPaths(service.reportsFolder, id).csv);
  const size = bytes.length;
  const whole = await app.request(url);
  const etag = String(whole.headers.get("etag"));
  await whole.body?.cancel();

  await t.step("may be kept for good", async () => {
    for (const name of ["report.csv", "performance.csv"]) {
      const answer = await app.request(`/reports/${id}/${name}`);
      assert.equal(answer.headers.get("cache-control"), "private, max-age=31536000, immutable");
      assert.match(String(answer.headers.get("etag")), /^"[^"]+"$/);
      assert.equal((await answer.arrayBuffer()).byteLength, Number(answer.headers.get("content-length")));
    }
  });

  const ranges: [string, number, number][] = [
    ["bytes=0-0", 0, 1],
    ["bytes=0-9", 0, 10],
    ["bytes=10-", 10, size],
    ["bytes=-7", size - 7, size],
    [`bytes=-${size * 2}`, 0, size],
    [`bytes=${size - 1}-${size * 9}`, size - 1, size],
  ];
  for (const [range, start, end] of ranges) {
    await t.step(`${range} is a part`, async () => {
      const answer = await app.request(url, { headers: { range } });
      assert.equal(answer.status, 206);
      assert.equal(answer.headers.get("content-range"), `bytes ${start}-${end - 1}/${size}`);
      assert.equal(answer.headers.get("content-length"), String(end - start));
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), bytes.slice(start, end));
    });
  }

  for (const range of [`bytes=${size}-`, "bytes=-0", "bytes=999999999999999-"]) {
    await t.step(`${range} cannot be given`, async () => {
      const answer = await app.request(url, { headers: { range } });
      assert.deepEqual([answer.status, answer.headers.get("content-range")], [416, `bytes */${size}`]);
      await answer.body?.cancel();
    });
  }

  for (const range of ["bytes=0-1,3-4", "bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=9999999999999999-"]) {
    await t.step(`${range} is passed over, and the whole given`, async () => {
      const answer = await app.request(url, { headers: { range } });
      assert.deepEqual([answer.status, (await answer.arrayBuffer()).byteLength], [200, size]);
    });
  }

  await t.step("If-Range gives a part of the same file only", async () => {
    const range = "bytes=0-9";
    assert.equal(await statusOf(app.request(url, { headers: { range, "if-range": etag } })), 206);
    assert.equal(await statusOf(app.request(url, { headers: { range, "if-range": '"other"' } })), 200);
    assert.equal(await statusOf(app.request(url, { headers: { range, "if-range": `W/${etag}` } })), 200);
    assert.equal(await statusOf(app.request(url, { headers: { range, "if-range": new Date().toUTCString() } })), 200);
  });

  await t.step("If-None-Match spares who has it", async () => {
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await app.request(url, { headers: { "if-none-match": known, range: "bytes=0-9" } });
      assert.deepEqual([answer.status, answer.headers.get("etag"), answer.body], [304, etag, null], known);
    }
    assert.equal(await statusOf(app.request(url, { headers: { "if-none-match": '"other"' } })), 200);
  });

  await t.step("HEAD tells the length and opens nothing", async () => {
    const answer = await app.request(url, { method: "HEAD", headers: { range: "bytes=0-1" } });
    assert.deepEqual([answer.status, answer.headers.get("content-length"), answer.body], [200, String(size), null]);
  });

  await t.step("a client that goes away leaves no file open", async () => {
    // The resource sanitizer tells.
    const answer = await app.request(url);
    await answer.body?.cancel();
  });

  await t.step("do not exist before the report is complete", async () => {
    const answer = await app.request(`/reports/${await trigger(app)}/performance.csv`);
    assert.equal(answer.status, 409);
    assert.ok(answer.headers.get("retry-after"));
    assert.equal((await jsonOf(answer)).report_status, "Started");
    assert.equal(await statusOf(app.request(`/reports/${crypto.randomUUID()}/report.csv`)), 404);
    assert.equal(await statusOf(app.request("/reports/..%2f..%2fetc%2fpasswd/report.csv")), 404);
  });
});
