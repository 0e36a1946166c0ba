import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

Deno.test("windows of a request", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
    app.request("/reports", { method: "POST", body, headers });
  const requestOf = async (asking: Promise<Response> | Response) => {
    const { report_id } = await jsonOf(await asking);
    const [row] = await sql`select request from reports where report_id = ${String(report_id)}`;
    return row?.request;
  };

  await t.step("come as a list in JSON, between commas in a query or a form, or as a repeated field", async () => {
    const windows = ["last_30d", "2026-10-01T00:00Z/2026-10-02T12:00:00+02:00", "2026-W43"];
    const [first = "", second = "", third = ""] = windows.map(encodeURIComponent);
    const ways = [
      post(JSON.stringify({ windows })),
      post(JSON.stringify({ windows: windows.join(",") })),
      post(`windows=${first}, ${second},${third}`, FORM_TYPE),
      post(`windows=${first}&windows=${second}&windows=${third}`, FORM_TYPE),
      app.request(`/trigger_report?windows=${first},${second},${third}`),
      app.request(`/trigger_report?windows=${first}&windows=${second},${third}`),
    ];
    for (const way of ways) assert.deepEqual((await requestOf(way)).windows, windows);
  });

  await t.step("have a calendar, which is spelled as the zone rules spell it", async () => {
    const asked = await requestOf(post(`{"windows": ["yesterday"], "calendar": "europe/BERLIN"}`));
    assert.equal(asked.calendar, "Europe/Berlin");
    assert.equal("calendar" in await requestOf(post(`{"windows": ["yesterday"]}`)), false);
  });

  await t.step("that are bad are all named with their reasons, beside other bad parameters", async () => {
    const answer = await post(
      `{"windows": ["today", "last_0d", "today", "2025-W53", "next_week"], "calendar": "+02:00", "precision": 7}`,
    );
    assert.equal(answer.status, 422);
    const problem = await jsonOf(answer);
    const errors = problem.errors as { parameter: string; value: unknown; reason: string }[];
    assert.deepEqual(errors.map(({ parameter, value }) => `${parameter} ${value}`), [
      "windows today",
      "windows last_0d",
      "windows 2025-W53",
      "windows next_week",
      "calendar +02:00",
      "precision 7",
    ]);
    assert.match(errors[1]?.reason ?? "", /^must count from 1/);
    assert.match(errors[3]?.reason ?? "", /^must be last_hour.*2026-W43/);
    assert.match(errors[4]?.reason ?? "", /IANA/);
  });

  await t.step("with a + that was not escaped are refused with what to write", async () => {
    const answer = await app.request("/trigger_report?windows=2026-10-01T00:00Z/2026-10-02T12:00+02:00");
    const errors = (await jsonOf(answer)).errors as { value: string; reason: string }[];
    assert.equal(errors[0]?.value, "2026-10-01T00:00Z/2026-10-02T12:00 02:00");
    assert.match(errors[0]?.reason ?? "", /a \+ in a query is written %2B$/);
  });

  await t.step("are refused if there are none, more than 31, or no texts", async () => {
    const days = Array.from({ length: 32 }, (_, day) => `last_${day + 1}d`);
    const bad: [unknown, RegExp][] = [
      [[], /^must name a window/],
      [days, /^must name at most 31 windows, not 32/],
      [[7], /^must be a list of windows/],
      [{ a: 1 }, /^must be a list of windows/],
      ["", /^must be last_hour/],
    ];
    for (const [windows, reason] of bad) {
      const answer = await post(JSON.stringify({ windows }));
      assert.equal(answer.status, 422, JSON.stringify(windows));
      const errors = (await jsonOf(answer)).errors as { parameter: string; reason: string }[];
      assert.deepEqual(errors.map(({ parameter }) => parameter), ["windows"]);
      assert.match(errors[0]?.reason ?? "", reason);
    }
    assert.equal(await statusOf(app.request(`/trigger_report?windows=${days.slice(1).join(",")}`)), 200);
  });

  await t.step("do not belong to a timeline", async () => {
    assert.equal(await statusOf(app.request("/stores/1000000000000000001/timeline?windows=today")), 422);
  });

  await t.step("belong to the request of an Idempotency-Key", async () => {
    const headers = { ...JSON_TYPE, "idempotency-key": "windows" };
    const first = await jsonOf(await post(`{"windows": ["today"], "calendar": "UTC"}`, headers));
    assert.deepEqual(await jsonOf(await post(`{"calendar": "utc", "windows": "today"}`, headers)), first);
    assert.equal(await statusOf(post(`{"windows": ["yesterday"], "calendar": "UTC"}`, headers)), 422);
  });
});

Deno.test("a report with other windows than the classic ones", async (t) => {
  await using service = await openService();
  const { app } = service;
  const id = await service.report("?windows=yesterday,2023-01,last_2h");

  await t.step("tells its windows, its calendar, and the uptime of each window", async () => {
    const report = await jsonOf(await app.request(`/reports/${id}`));
    assert.equal(report.status, "Completed");
    assert.deepEqual([report.windows, report.calendar], [["yesterday", "2023-01", "last_2h"], null]);
    assert.deepEqual(Object.keys(report.uptime_ratio as object), ["yesterday", "2023-01", "last_2h"]);
    assert.ok(Number(report.bytes) > 0);
    const other = await service.report("?windows=today&calendar=Asia/Kathmandu");
    assert.equal((await jsonOf(await app.request(`/reports/${other}`))).calendar, "Asia/Kathmandu");
  });

  await t.step("has rows by each store's own clock, in the order of ids and then as asked for", async () => {
    const csv = await (await app.request(`/reports/${id}/rows.csv`)).text();
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    // As of 2023-01-25T09:00Z: stores in UTC, Chicago and Kathmandu.
    assert.deepEqual(rows.map(({ window, from, to }) => `${window} ${from} ${to}`), [
      "yesterday 2023-01-24T00:00:00Z 2023-01-25T00:00:00Z",
      "2023-01 2023-01-01T00:00:00Z 2023-01-25T09:00:00Z",
      "last_2h 2023-01-25T07:00:00Z 2023-01-25T09:00:00Z",
      "yesterday 2023-01-24T06:00:00Z 2023-01-25T06:00:00Z",
      "2023-01 2023-01-01T06:00:00Z 2023-01-25T09:00:00Z",
      "last_2h 2023-01-25T07:00:00Z 2023-01-25T09:00:00Z",
      "yesterday 2023-01-23T18:15:00Z 2023-01-24T18:15:00Z",
      "2023-01 2022-12-31T18:15:00Z 2023-01-25T09:00:00Z",
      "last_2h 2023-01-25T07:00:00Z 2023-01-25T09:00:00Z",
    ]);
    assert.deepEqual(rows.slice(0, 3).map(({ uptime_hours, downtime_hours }) => [uptime_hours, downtime_hours]), [
      ["24.00", "0.00"],
      ["584.50", "0.50"],
      ["1.50", "0.50"],
    ]);
    const lines = (await (await app.request(`/reports/${id}/rows.ndjson`)).text()).trimEnd().split("\n");
    const [, month] = lines.map((line) => JSON.parse(line));
    assert.deepEqual([month.window, month.from, month.up_us], ["2023-01", "2023-01-01T00:00:00Z", 584.5 * 3.6e9]);
  });

  await t.step("has the same instants for all stores by a calendar, though they open by their own clocks", async () => {
    const other = await service.report("?windows=yesterday&calendar=Asia/Kathmandu");
    const csv = await (await app.request(`/reports/${other}/rows.csv`)).text();
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    assert.equal(new Set(rows.map(({ from, to }) => `${from} ${to}`)).size, 1);
    assert.equal(rows[0]?.from, "2023-01-23T18:15:00Z");
    // Open on Wednesdays in Chicago, which begin at 06:00 UTC: after this window.
    assert.equal(rows[1]?.scheduled_hours, "0.00");
  });

  await t.step("an empty window keeps its row", async () => {
    const other = await service.report("?windows=2023-02-01");
    const [row]: Record<string, string>[] = parse(await (await app.request(`/reports/${other}/rows.csv`)).text(), {
      columns: true,
    });
    assert.deepEqual(
      [row?.from, row?.to, row?.scheduled_hours, row?.uptime_percent, row?.coverage_percent, row?.outages],
      ["2023-02-01T00:00:00Z", "2023-02-01T00:00:00Z", "0.00", "", "", "0"],
    );
  });

  await t.step("has no classic CSV: get_report answers JSON, or 406 if only CSV is accepted", async () => {
    for (const accept of [undefined, "*/*", "text/csv, application/json;q=0.1"]) {
      const answer = await app.request(`/get_report/${id}`, accept === undefined ? {} : { headers: { accept } });
      assert.equal(answer.headers.get("content-type"), "application/json");
      assert.equal((await jsonOf(answer)).status, "Completed");
    }
    const refused = await app.request(`/get_report/${id}`, { headers: { accept: "text/csv" } });
    assert.equal(refused.status, 406);
    assert.match(String((await jsonOf(refused)).detail), /rows\.csv/);
    assert.equal(await statusOf(app.request(`/get_report?report_id=${id}&format=csv`)), 406);
    assert.equal(await statusOf(app.request(`/get_report/${id}?format=json`)), 200);
  });

  await t.step("report.csv is a 409 that says why; performance.csv is there", async () => {
    const answer = await app.request(`/reports/${id}/report.csv`);
    assert.equal(answer.status, 409);
    assert.equal((await jsonOf(answer)).type, "/problems/report-without-csv");
    assert.equal(await statusOf(app.request(`/reports/${id}/performance.csv`)), 200);
  });

  await t.step("with the classic windows among others it has all of them", async () => {
    const other = await service.report("?windows=last_week,today,last_hour,last_day");
    const csv = await (await app.request(`/get_report/${other}`)).text();
    const classic = await service.report();
    assert.equal(csv, await (await app.request(`/get_report/${classic}`)).text());
    assert.equal(await statusOf(app.request(`/reports/${other}/report.csv`)), 200);
  });

  await t.step("can be deleted", async () => {
    assert.equal(await statusOf(app.request(`/reports/${id}`, { method: "DELETE" })), 204);
  });
});
