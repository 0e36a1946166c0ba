import assert from "node:assert/strict";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf, trigger } from "../support/http_service.ts";

const NOT_FOUND = "No report has this id. GET /reports lists the reports that exist";

Deno.test("get_report before there is a CSV", async (t) => {
  await using service = await openService();
  const { app, sql } = service;

  await t.step("says that a report is not finished, and when to ask again", async () => {
    const id = await trigger(app);
    for (const path of [`/get_report/${id}`, `/get_report?report_id=${id}`, `/get_report/${id.toUpperCase()}`]) {
      const answer = await app.request(path);
      const { report_id, status, progress } = await jsonOf(answer);
      assert.equal(answer.status, 200);
      assert.deepEqual({ report_id, status, progress }, {
        report_id: id,
        status: "Running",
        progress: { stores_done: 0, stores_total: null },
      });
      assert.match(String(answer.headers.get("retry-after")), /^\d+$/);
      assert.equal(answer.headers.get("cache-control"), "no-store");
    }
  });

  await t.step("answers in JSON then, whatever is accepted", async () => {
    const answer = await app.request(`/get_report/${await trigger(app)}`, { headers: { accept: "text/csv" } });
    assert.equal(answer.headers.get("content-type"), "application/json");
    await answer.body?.cancel();
  });

  await t.step("gives the reason of one that failed or was cancelled, and does not ask to come again", async () => {
    for (const word of ["Failed", "Cancelled"]) {
      const id = await trigger(app);
      await sql`update reports set status = ${word}, reason = 'Because', finished_at = now() where report_id = ${id}`;
      const answer = await app.request(`/get_report/${id}`);
      const { status, reason, progress } = await jsonOf(answer);
      assert.deepEqual([answer.status, status, reason], [200, word, "Because"]);
      assert.ok(progress);
      assert.equal(answer.headers.get("retry-after"), null);
    }
  });

  const unknown = [
    crypto.randomUUID(),
    "1",
    "..%2F..%2Fetc%2Fpasswd",
    "'; drop table reports; --",
    "%00",
    "%ff",
    "ä€😀",
    "a/b",
    "x".repeat(2_000),
  ];
  for (const id of unknown) {
    await t.step(`says of ${id.slice(0, 30)} that there is no such report, with the id as it was given`, async () => {
      const asGiven = id === "%ff" ? id : decodeURIComponent(id);
      const byQuery = await app.request(`/get_report?report_id=${id}`);
      assert.equal(byQuery.status, 404);
      assert.deepEqual(await jsonOf(byQuery), { report_id: asGiven, status: "Not Found", detail: NOT_FOUND });
      if (id === "a/b") return;
      const byPath = await app.request(`/get_report/${id}`);
      assert.equal(byPath.status, 404);
      assert.deepEqual(await jsonOf(byPath), { report_id: asGiven, status: "Not Found", detail: NOT_FOUND });
    });
  }

  await t.step("needs an id", async () => {
    for (const path of ["/get_report", "/get_report/", "/get_report?report_id=", "/get_report?id=7"]) {
      const answer = await app.request(path);
      assert.equal(answer.status, 400, path);
      assert.equal((await jsonOf(answer)).type, "/problems/missing-parameter");
    }
  });
});

Deno.test("get_report of a completed report", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const id = await service.report();
  const url = `/get_report/${id}`;
  const csv = await Deno.readTextFile(reportPaths(service.reportsFolder, id).csv);
  const [row] = await sql`select sha256 from reports where report_id = ${id}`;

  await t.step("is its CSV", async () => {
    const answer = await app.request(url);
    assert.equal(answer.status, 200);
    assert.deepEqual(
      ["content-type", "content-disposition", "content-length", "etag", "accept-ranges", "cache-control", "vary"]
        .map((name) => answer.headers.get(name)),
      [
        "text/csv; charset=utf-8",
        `attachment; filename="storewatch-2023-01-25T09-00-report.csv"`,
        String(new TextEncoder().encode(csv).length),
        `"${row?.sha256}"`,
        "bytes",
        "private, no-cache",
        "Accept",
      ],
    );
    assert.equal(await answer.text(), csv);
    assert.equal(csv.split("\n").length, 5);
  });

  const choices: [string | undefined, "csv" | "json" | 406][] = [
    [undefined, "csv"],
    ["*/*", "csv"],
    ["text/csv", "csv"],
    ["text/*", "csv"],
    ["application/json", "json"],
    ["APPLICATION/JSON", "json"],
    ["application/*", "json"],
    ["application/json, text/plain, */*", "csv"],
    ["application/json, */*;q=0.5", "json"],
    ["text/csv;q=0.1, application/json;q=0.2", "json"],
    ["text/csv;q=0, */*", "json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "csv"],
    ["image/png", 406],
    ["", "csv"],
    [", ;q=1", "csv"],
  ];
  for (const [accept, expected] of choices) {
    await t.step(`Accept: ${accept} gives ${expected}`, async () => {
      const answer = await app.request(url, { headers: accept === undefined ? {} : { accept } });
      const type = answer.headers.get("content-type");
      if (expected === 406) assert.equal(answer.status, 406);
      else assert.equal(type, expected === "csv" ? "text/csv; charset=utf-8" : "application/json");
      await answer.body?.cancel();
    });
  }

  await t.step("?format= comes before Accept", async () => {
    const asJson = await jsonOf(await app.request(`${url}?format=json`, { headers: { accept: "text/csv" } }));
    assert.deepEqual([asJson.report_id, asJson.status, asJson.rows], [id, "Completed", 3]);
    const asCsv = await app.request(`/get_report?report_id=${id}&format=csv`, {
      headers: { accept: "application/json" },
    });
    assert.equal(await asCsv.text(), csv);
    assert.equal(await statusOf(app.request(`${url}?format=xml`)), 422);
  });

  await t.step("says that its file is gone, if it is", async () => {
    await Deno.remove(reportPaths(service.reportsFolder, id).csv);
    const answer = await app.request(url);
    assert.equal(answer.status, 410);
    assert.equal((await jsonOf(answer)).type, "/problems/report-file-gone");
  });
});
