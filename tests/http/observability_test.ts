import assert from "node:assert/strict";
import { connect } from "../../src/db/connection/client.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { createApp } from "../../src/http/app.ts";
import { jsonLog, silentLog } from "../../src/log.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";
import { RULES } from "../support/rules.ts";

Deno.test("each request", async (t) => {
  await using service = await openService();
  const { app, lines } = service;

  await t.step("has an id of its own, or the one that it brought, in the answer, the log and the problem", async () => {
    const headers = { "x-request-id": "abc-123" };
    const answer = await app.request("/nowhere?secret=1", { headers });
    assert.equal(answer.headers.get("x-request-id"), "abc-123");
    assert.equal((await jsonOf(answer)).request_id, "abc-123");
    const { time: _, ms: __, bytes, ...line } = lines.at(-1) ?? {};
    assert.deepEqual(line, {
      level: "info",
      message: "request",
      request_id: "abc-123",
      method: "GET",
      path: "/nowhere",
      route: "none",
      status: 404,
    });
    assert.equal(bytes, Number(answer.headers.get("content-length")));
  });

  await t.step("gets another id if the one that it brought is not sane", async () => {
    for (const id of ["a b", "x".repeat(101), '"}', "é"]) {
      const answer = await app.request("/healthz", { headers: { "x-request-id": id } });
      assert.match(String(answer.headers.get("x-request-id")), /^[0-9a-f-]{36}$/);
      await answer.body?.cancel();
    }
  });

  await t.step("is logged with the bytes that were sent, once they are", async () => {
    const id = await service.report();
    const answer = await app.request(`/get_report/${id}`);
    assert.ok(!lines.some(({ path }) => path === `/get_report/${id}`));
    const bytes = (await answer.arrayBuffer()).byteLength;
    const line = lines.find(({ path }) => path === `/get_report/${id}`);
    assert.deepEqual([line?.route, line?.status, line?.bytes], ["/get_report/:report_id", 200, bytes]);
  });

  await t.step("is answered with headers that keep browsers careful", async () => {
    const answer = await app.request("/healthz");
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    await answer.body?.cancel();
  });
});

Deno.test("the log has an unexpected error, and the client only learns that there was one", async () => {
  await using service = await openService();
  await service.sql`alter table reports rename to secrets`;
  const answer = await service.app.request("/reports");
  const text = await answer.text();
  assert.equal(answer.status, 500);
  assert.doesNotMatch(text, /secrets|relation|select|\.ts|Error/);
  const line = service.lines.find(({ level }) => level === "error");
  assert.equal(line?.request_id, answer.headers.get("x-request-id"));
  assert.match(JSON.stringify(line?.error), /relation .*reports.* does not exist/);
});

Deno.test("without Postgres the process lives, is not ready, and asks clients to come again", async () => {
  const sql = connect({ host: "/nowhere" });
  const events = new ReportEvents(sql, silentLog);
  const queue = { send: () => Promise.resolve(), work: () => Promise.resolve(), close: () => Promise.resolve() };
  const log = jsonLog(() => {});
  const app = createApp({ sql, queue, events, log, reportsFolder: "", version: "test", zoneRules: RULES });
  assert.equal(await statusOf(app.request("/healthz")), 200);
  for (const path of ["/readyz", "/trigger_report", "/reports", `/get_report/${crypto.randomUUID()}`]) {
    const answer = await app.request(path);
    assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"], path);
    assert.equal((await jsonOf(answer)).type, "/problems/database-unavailable");
  }
  assert.match(await (await app.request("/metrics")).text(), /storewatch_database_up 0/);
  await events.close();
  await sql.end();
});

Deno.test("a service whose schema is not current is not ready", async () => {
  await using service = await openService();
  assert.equal(await statusOf(service.app.request("/readyz")), 200);
  await service.sql`delete from migrations where version = (select max(version) from migrations)`;
  const answer = await service.app.request("/readyz");
  assert.deepEqual([answer.status, (await jsonOf(answer)).type], [503, "/problems/not-ready"]);
});

Deno.test("metrics", async (t) => {
  await using service = await openService();
  const { app } = service;
  const metric = async (line: string) => {
    const text = await (await app.request("/metrics")).text();
    return Number(text.split("\n").find((candidate) => candidate.startsWith(`${line} `))?.slice(line.length));
  };

  await t.step("count requests by route, and not by path", async () => {
    for (const id of ["a", "b", "c"]) await statusOf(app.request(`/get_report/${id}`));
    assert.equal(
      await metric('storewatch_http_requests_total{method="GET",route="/get_report/:report_id",status="404"}'),
      3,
    );
    await statusOf(app.request("/x", { method: "BREW" }));
    assert.equal(await metric('storewatch_http_requests_total{method="other",route="none",status="404"}'), 1);
    assert.ok(
      await metric('storewatch_http_request_duration_seconds_count{method="BREW",route="/*",status="404"}') !== 1,
    );
  });

  await t.step("count reports, the queue, chunks once each, polls and connections", async () => {
    assert.equal(await metric('storewatch_chunk_seconds_count{phase="fetch"}') || 0, 0);
    await service.report();
    await statusOf(app.request("/trigger_report"));
    const body = JSON.stringify({ store_id: "1", status: "active", timestamp_utc: "2023-01-25T00:00:00Z" });
    await statusOf(app.request("/polls", { method: "POST", body, headers: { "content-type": "application/json" } }));
    assert.equal(await metric('storewatch_chunk_seconds_count{phase="fetch"}'), 2);
    assert.equal(await metric('storewatch_chunk_seconds_count{phase="compute"}'), 2);
    assert.equal(await metric('storewatch_reports{state="Completed"}'), 1);
    assert.equal(await metric("storewatch_queue_depth"), 1);
    assert.equal(await metric('storewatch_polls_ingested_total{via="live"}'), 1);
    assert.equal(await metric('storewatch_database_connections{pool="storewatch tests",state="active"}'), 1);
    assert.equal(await metric("storewatch_database_pool_size"), 10);
  });
});
