import assert from "node:assert/strict";
import { PROBLEMS } from "../../src/http/kit/problem_kinds.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

Deno.test("paths and methods", async (t) => {
  await using service = await openService();
  const { app } = service;

  const allowed: [path: string, methods: string][] = [
    ["/trigger_report", "GET, POST"],
    ["/get_report", "GET, HEAD"],
    ["/get_report/x", "GET, HEAD"],
    ["/reports", "GET, HEAD, POST"],
    ["/reports/x", "GET, HEAD, DELETE"],
    ["/reports/x/report.csv", "GET, HEAD"],
    ["/imports/polls", "GET, HEAD, POST"],
    ["/polls", "POST"],
    ["/healthz", "GET, HEAD"],
    ["/docs", "GET, HEAD"],
  ];
  for (const [path, methods] of allowed) {
    await t.step(`${path} takes ${methods}, and says so to all others`, async () => {
      const wrong = await app.request(path, { method: "PATCH" });
      assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, methods]);
      assert.equal((await jsonOf(wrong)).type, "/problems/method-not-allowed");
      const options = await app.request(path, { method: "OPTIONS" });
      assert.deepEqual([options.status, options.headers.get("allow")], [204, methods]);
    });
  }

  await t.step("a path that does not exist does not for any method", async () => {
    for (const method of ["GET", "HEAD", "POST", "OPTIONS", "PURGE"]) {
      assert.equal(await statusOf(app.request("/reports/x/secrets", { method })), 404, method);
    }
  });

  await t.step("HEAD is GET without the body", async () => {
    const id = await service.report();
    for (const path of ["/healthz", "/reports", `/reports/${id}`, `/get_report/${id}`, "/openapi.json", "/stores"]) {
      const get = await app.request(path);
      const head = await app.request(path, { method: "HEAD" });
      assert.deepEqual([head.status, head.body], [get.status, null], path);
      for (const name of ["content-length", "content-type", "etag"]) {
        assert.equal(head.headers.get(name), get.headers.get(name), `${name} of ${path}`);
      }
      await get.body?.cancel();
    }
    assert.equal((await app.request(`/reports/${id}/events`, { method: "HEAD" })).status, 200);
  });

  await t.step("every problem has a page under its type", async () => {
    for (const [name, { title }] of Object.entries(PROBLEMS)) {
      assert.ok((await (await app.request(`/problems/${name}`)).text()).includes(title));
    }
    assert.equal(await statusOf(app.request("/problems/__proto__")), 404);
  });

  await t.step("the docs need no script from elsewhere", async () => {
    const page = await app.request("/docs");
    const html = await page.text();
    assert.match(String(page.headers.get("content-security-policy")), /default-src 'none'; script-src 'self';/);
    assert.doesNotMatch(html, /https?:\/\//);
    for (const [, file] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.equal(await statusOf(app.request(String(file))), 200, file);
    }
  });
});
