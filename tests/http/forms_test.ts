import assert from "node:assert/strict";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

Deno.test("a trigger takes forms", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const requestOf = async (answer: Response) => {
    const { report_id } = await jsonOf(answer);
    const [row] = await sql<{ request: Record<string, unknown> }[]>`
      select request from reports where report_id = ${String(report_id)}`;
    return row?.request;
  };
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    app.request(path, { method: "POST", body, headers });
  const multipart = new FormData();
  multipart.set("method", "nearest");
  multipart.set("precision", "3");
  multipart.set("as_of", "2023-01-25T09:30:00+00:00");
  const urlencoded = "method=nearest&precision=3&as_of=2023-01-25T09%3A30%3A00%2B00%3A00";

  for (const path of ["/trigger_report", "/reports"]) {
    await t.step(`${path} as curl -d and -F send them, with the same meaning as JSON`, async () => {
      const json = JSON.stringify({ method: "nearest", precision: 3, as_of: "2023-01-25T09:30:00Z" });
      const expected = await requestOf(await post(path, json, { "content-type": "application/json" }));
      assert.equal(expected?.method, "nearest");
      assert.deepEqual(await requestOf(await post(path, urlencoded, FORM)), expected);
      assert.deepEqual(await requestOf(await post(path, multipart)), expected);
      assert.deepEqual(await requestOf(await post(path, `${urlencoded}&`, FORM)), expected);
    });
  }

  await t.step("a field that was left empty is not given", async () => {
    const expected = await requestOf(await post("/trigger_report", ""));
    assert.deepEqual(await requestOf(await post("/trigger_report", "method=&precision=&as_of=", FORM)), expected);
  });

  await t.step("in JSON, a precision may be a text, as it is in a query", async () => {
    const headers = { "content-type": "application/json" };
    assert.equal((await requestOf(await post("/reports", `{"precision": "3"}`, headers)))?.precision, 3);
    for (const wrong of [`"7"`, `"3.0"`, `" 3"`, `""`, `[3]`]) {
      const { errors } = await jsonOf(await post("/reports", `{"precision": ${wrong}}`, headers));
      assert.ok(Array.isArray(errors) && errors.length === 1, wrong);
      assert.deepEqual([errors[0].parameter, errors[0].reason], ["precision", "must be a whole number from 0 to 6"]);
    }
  });

  const file = new FormData();
  file.set("method", new Blob(["step"]), "method.csv");
  const bad: [about: string, status: number, body: BodyInit, headers: Record<string, string>, path?: string][] = [
    ["an unknown field", 422, "speed=9", FORM],
    ["a value that cannot be used", 422, "precision=7", FORM],
    ["a field twice", 422, "method=step&method=clock", FORM],
    ["a field that is in the query as well", 422, "precision=3", FORM, "/trigger_report?precision=3"],
    ["a prototype", 422, "__proto__=x", FORM],
    ["a file", 422, file, {}],
    ["a form that breaks off", 400, "--x\r\nContent-Disposition: form-data", {
      "content-type": "multipart/form-data; boundary=x",
    }],
    ["a form without a boundary", 400, "precision=3", { "content-type": "multipart/form-data" }],
    ["a very long form", 413, `a=${"x".repeat(70_000)}`, FORM],
  ];
  for (const [about, status, body, headers, path = "/trigger_report"] of bad) {
    await t.step(`${about} is answered with ${status}`, async () => {
      const before = service.sent.length;
      assert.equal(await statusOf(post(path, body, headers)), status);
      assert.equal(service.sent.length, before);
    });
  }
});

Deno.test("a 415 quotes the header to add", async () => {
  await using service = await openService();
  const detailOf = async (path: string, body: BodyInit, headers: Record<string, string>) => {
    const answer = await service.app.request(path, { method: "POST", body, headers });
    const { detail } = await jsonOf(answer);
    assert.equal(answer.status, 415, path);
    return String(detail);
  };
  // As curl -d '{"precision": 2}' sends it.
  for (const body of [`{"precision": 2}`, ` [{"precision": 2}]`]) {
    assert.equal(
      await detailOf("/trigger_report", body, FORM),
      'The body came as "application/x-www-form-urlencoded". Add the header "Content-Type: application/json"',
    );
  }
  const cases: [path: string, type: string, header: string][] = [
    ["/trigger_report", "text/plain", "Content-Type: application/json"],
    ["/reports", "application/xml", "Content-Type: application/json"],
    ["/polls", "application/x-www-form-urlencoded", "Content-Type: application/json"],
    ["/imports", "application/x-www-form-urlencoded", "Content-Type: text/csv"],
    ["/imports/polls", "application/vnd.ms-excel", "Content-Type: text/csv"],
  ];
  for (const [path, type, header] of cases) {
    const detail = await detailOf(path, "precision: 2", { "content-type": type });
    assert.ok(detail.includes(`"${header}"`) && detail.includes(type), detail);
  }
  const bytes = new TextEncoder().encode("{}");
  for (const path of ["/trigger_report", "/polls"]) {
    assert.match(
      await detailOf(path, bytes, {}),
      /^The body has no Content-Type\. Add the header "Content-Type: application\/json"/,
    );
  }
  assert.match(
    await detailOf("/imports/polls", "x", { "content-type": "text/csv", "content-encoding": "br" }),
    /"Content-Encoding: gzip"/,
  );
});
