import assert from "node:assert/strict";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const FRONT_END = "http://localhost:3000";
const BROWSER = { origin: FRONT_END, "sec-fetch-site": "same-site", host: "localhost:8000" };

Deno.test("pages of an allowed origin", async (t) => {
  await using service = await openService({}, { allowedOrigins: [FRONT_END, "https://shop.example"] });
  const { app } = service;
  const allowed = (answer: Response) => answer.headers.get("access-control-allow-origin");

  await t.step("ask for a report, and read its address and its CSV", async () => {
    const triggered = await app.request("/trigger_report", { method: "POST", headers: BROWSER });
    assert.deepEqual([triggered.status, allowed(triggered)], [200, FRONT_END]);
    assert.match(String(triggered.headers.get("access-control-expose-headers")), /\bLocation\b/);
    assert.match(String(triggered.headers.get("vary")), /\bOrigin\b/);
    const { report_id } = await jsonOf(triggered);
    await service.make(String(report_id));
    const csv = await app.request(`/get_report/${report_id}`, { headers: BROWSER });
    assert.deepEqual([csv.status, allowed(csv)], [200, FRONT_END]);
    assert.match(await csv.text(), /^store_id,/);
    const removed = await app.request(`/reports/${report_id}`, { method: "DELETE", headers: BROWSER });
    assert.deepEqual([removed.status, allowed(removed)], [204, FRONT_END]);
  });

  await t.step("read problems as well", async () => {
    for (const path of ["/reports?limit=0", `/reports/${crypto.randomUUID()}`, "/nowhere"]) {
      const answer = await app.request(path, { headers: BROWSER });
      assert.equal(allowed(answer), FRONT_END, path);
      assert.ok((await jsonOf(answer)).title);
    }
  });

  await t.step(
    "are let in by the preflight that a browser sends before JSON, DELETE or an Idempotency-Key",
    async () => {
      const asked = ["POST", "DELETE", "PATCH", "PUT"];
      for (const method of asked) {
        const answer = await app.request("/trigger_report", {
          method: "OPTIONS",
          headers: {
            ...BROWSER,
            "access-control-request-method": method,
            "access-control-request-headers": "content-type, idempotency-key",
          },
        });
        assert.deepEqual([answer.status, allowed(answer), answer.body], [204, FRONT_END, null]);
        assert.match(String(answer.headers.get("access-control-allow-methods")), new RegExp(`\\b${method}\\b`));
        assert.match(String(answer.headers.get("access-control-allow-headers")), /content-type,\s*idempotency-key/);
        assert.match(String(answer.headers.get("access-control-max-age")), /^\d+$/);
      }
    },
  );

  await t.step("are the only ones: others get no CORS header, and 403 for what changes something", async () => {
    for (
      const origin of [
        "http://localhost:3001",
        "https://localhost:3000",
        "http://localhost",
        "null",
        "https://evil.example",
      ]
    ) {
      const headers = { origin, "sec-fetch-site": "cross-site", "access-control-request-method": "POST" };
      assert.equal(allowed(await app.request("/trigger_report", { method: "OPTIONS", headers })), null, origin);
      const read = await app.request("/reports", { headers });
      assert.deepEqual([read.status, allowed(read)], [200, null]);
      assert.match(String(read.headers.get("vary")), /\bOrigin\b/);
      await read.body?.cancel();
      const triggered = await app.request("/trigger_report", { method: "POST", headers });
      assert.deepEqual([triggered.status, allowed(triggered)], [403, null], origin);
      await triggered.body?.cancel();
    }
  });

  await t.step("need an Origin header: a picture's address cannot ask for a report", async () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", referer: FRONT_END };
    assert.equal(await statusOf(app.request("/trigger_report", { headers })), 403);
  });

  await t.step("an OPTIONS that is no preflight still names the methods of a path", async () => {
    const answer = await app.request("/reports", { method: "OPTIONS" });
    assert.deepEqual([answer.status, answer.headers.get("allow")], [204, "GET, HEAD, POST"]);
  });
});

Deno.test("without ALLOWED_ORIGINS no page of another origin gets a CORS header", async () => {
  await using service = await openService();
  const headers = { ...BROWSER, "access-control-request-method": "POST" };
  for (const method of ["GET", "OPTIONS", "POST"]) {
    const answer = await service.app.request("/reports", { method, headers });
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    assert.doesNotMatch(answer.headers.get("vary") ?? "", /Origin/);
    await answer.body?.cancel();
  }
});
