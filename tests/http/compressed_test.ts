import assert from "node:assert/strict";
import { putStores } from "../support/fleet.ts";
import { jsonOf, openService, statusOf, trigger } from "../support/http_service.ts";

const GZIP = { "accept-encoding": "gzip, deflate, br, zstd" };

async function unpacked(answer: Response, encoding: CompressionFormat = "gzip"): Promise<string> {
  assert.ok(answer.body);
  return await new Response(answer.body.pipeThrough(new DecompressionStream(encoding))).text();
}

Deno.test("answers are compressed for clients that ask", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await putStores(sql, Array.from({ length: 100 }, (_, n) => ({ id: `s${n}`, polls: ["09:00 inactive"] })));
  const id = await service.report("?precision=6");
  const file = "store_id,status,timestamp_utc\n" + "x,open,2023-01-25 18:14:22 UTC\n".repeat(90) +
    "x,active,2023-01-25 18:14:22 UTC\n".repeat(90);
  const imported = await jsonOf(
    await app.request("/imports/polls", { method: "POST", body: file, headers: { "content-type": "text/csv" } }),
  );
  const paths: [path: string, type: string, accept?: string][] = [
    [`/get_report/${id}`, "text/csv; charset=utf-8"],
    [`/reports/${id}/report.csv`, "text/csv; charset=utf-8"],
    [String(imported.rejects_url), "text/csv; charset=utf-8"],
    ["/stores?limit=100", "application/json"],
    ["/stores/1000000000000000001/timeline", "application/json"],
    ["/openapi.json", "application/json"],
    ["/trigger_report?" + Array.from({ length: 20 }, (_, n) => `x${n}=1`).join("&"), "application/problem+json"],
    ["/metrics", "text/plain; version=0.0.4; charset=utf-8"],
    ["/docs/swagger-ui.css", "text/css; charset=utf-8"],
    ["/reports", "text/html; charset=utf-8", "text/html"],
    ["/nowhere", "text/html; charset=utf-8", "text/html"],
  ];
  for (const [path, type, accept = "*/*"] of paths) {
    await t.step(`${path.replace(id, "{id}").slice(0, 40)} as ${type}`, async () => {
      const plain = await app.request(path, { headers: { accept } });
      const text = await plain.text();
      const answer = await app.request(path, { headers: { accept, ...GZIP } });
      assert.equal(answer.headers.get("content-type"), type);
      assert.equal(answer.headers.get("content-encoding"), "gzip");
      assert.equal(plain.headers.get("content-encoding"), null);
      for (const { headers } of [plain, answer]) assert.match(String(headers.get("vary")), /\bAccept-Encoding\b/);
      const length = answer.headers.get("content-length");
      const packed = new Uint8Array(await answer.arrayBuffer());
      assert.ok(packed.length < text.length, `${packed.length} < ${text.length}`);
      if (length !== null) assert.equal(Number(length), packed.length);
      // Metrics and request ids change from one answer to the next.
      if (type.startsWith("text/csv")) assert.equal(await unpacked(new Response(packed)), text);
      else assert.ok((await unpacked(new Response(packed))).length > 1_000);
    });
  }

  await t.step("with deflate for clients that know only this, and plain for those that know neither", async () => {
    const encodings: [accepted: string, encoding: string | null][] = [
      ["deflate", "deflate"],
      ["gzip;q=0, deflate;q=0.5", "deflate"],
      ["br", null],
      ["identity", null],
      ["gzip;q=0", null],
    ];
    for (const [accepted, encoding] of encodings) {
      const answer = await app.request("/openapi.json", { headers: { "accept-encoding": accepted } });
      assert.equal(answer.headers.get("content-encoding"), encoding, accepted);
      await answer.body?.cancel();
    }
  });

  await t.step("but not what is small, nor event streams, which must not wait for a compressor", async () => {
    for (const path of ["/healthz", "/", `/reports/${id}/events`]) {
      const answer = await app.request(path, { headers: GZIP });
      assert.deepEqual([answer.status, answer.headers.get("content-encoding")], [200, null], path);
      await answer.body?.cancel();
    }
  });

  await t.step("the log has the bytes that were sent", async () => {
    const answer = await app.request("/openapi.json", { headers: GZIP });
    const sent = (await answer.arrayBuffer()).byteLength;
    const line = service.lines.findLast(({ path }) => path === "/openapi.json");
    assert.equal(line?.bytes, sent);
  });

  await t.step("a client that goes away in the middle leaves no file open", async () => {
    // The resource sanitizer tells.
    const answer = await app.request(`/get_report/${id}`, { headers: GZIP });
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
  });
});

Deno.test("a compressed file has an ETag of its own, and no ranges", async (t) => {
  await using service = await openService();
  const { app } = service;
  await putStores(service.sql, Array.from({ length: 40 }, (_, n) => ({ id: `s${n}`, polls: ["09:00 inactive"] })));
  const id = await service.report();
  const url = `/get_report/${id}`;
  const ask = async (headers: Record<string, string>) => {
    const answer = await app.request(url, { headers });
    const { status } = answer;
    const [etag, encoding, ranges] = ["etag", "content-encoding", "accept-ranges"].map((name) =>
      answer.headers.get(name)
    );
    return { status, etag, encoding, ranges, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  const plain = await ask({});
  const packed = await ask(GZIP);

  await t.step("the tags differ", () => {
    assert.match(String(plain.etag), /^"[0-9a-f]{64}"$/);
    assert.equal(packed.etag, String(plain.etag).replace(/"$/, '-gzip"'));
    assert.deepEqual([plain.encoding, packed.encoding], [null, "gzip"]);
    assert.deepEqual([plain.ranges, packed.ranges], ["bytes", null]);
  });

  await t.step("both tags spare a client that has the file, and come back", async () => {
    for (const tag of [plain.etag, packed.etag]) {
      const answer = await ask({ ...GZIP, "if-none-match": `"other", W/${tag}` });
      assert.deepEqual([answer.status, answer.etag, answer.bytes.length], [304, tag, 0]);
    }
  });

  await t.step("a part is always plain, also for a client that takes gzip", async () => {
    const answer = await ask({ ...GZIP, range: "bytes=0-9" });
    assert.deepEqual([answer.status, answer.encoding, answer.etag], [206, null, plain.etag]);
    assert.deepEqual(answer.bytes, plain.bytes.slice(0, 10));
  });

  await t.step("a part of the compressed bytes cannot be had: the whole comes, plain", async () => {
    const answer = await ask({ ...GZIP, range: "bytes=5-", "if-range": String(packed.etag) });
    assert.deepEqual([answer.status, answer.encoding, answer.etag], [200, null, plain.etag]);
    assert.deepEqual(answer.bytes, plain.bytes);
  });

  await t.step("If-Match takes either", async () => {
    for (const tag of [plain.etag, packed.etag]) assert.equal((await ask({ "if-match": String(tag) })).status, 200);
  });
});

Deno.test("conditions", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const id = await service.report();
  await sql`update reports set finished_at = '2026-03-01 10:00:00.7Z' where report_id = ${id}`;
  const csv = await app.request("/imports/polls", {
    method: "POST",
    body: "store_id,status,timestamp_utc\nx,open,2023-01-25 18:14:22 UTC\nx,active,2023-01-25 18:14:22 UTC\n",
    headers: { "content-type": "text/csv" },
  });
  const { import_id, rejects_url } = await jsonOf(csv);
  await sql`update imports set finished_at = '2026-03-01 10:00:00.7Z' where import_id = ${String(import_id)}`;
  const files = [
    `/get_report/${id}`,
    `/reports/${id}/report.csv`,
    `/reports/${id}/performance.csv`,
    String(rejects_url),
  ];
  const MODIFIED = "Sun, 01 Mar 2026 10:00:00 GMT";
  const LATER = "Sun, 01 Mar 2026 10:00:01 GMT";
  const EARLIER = "Sun, 01 Mar 2026 09:59:59 GMT";

  for (const path of files) {
    await t.step(path.replace(id, "{id}").replace(String(import_id), "{id}"), async () => {
      const whole = await app.request(path);
      const etag = String(whole.headers.get("etag"));
      assert.equal(whole.headers.get("last-modified"), MODIFIED);
      await whole.body?.cancel();
      const expected: [status: number, headers: Record<string, string>][] = [
        [304, { "if-modified-since": MODIFIED }],
        [304, { "if-modified-since": LATER }],
        [200, { "if-modified-since": EARLIER }],
        [200, { "if-modified-since": "yesterday" }],
        // A tag says more than a date.
        [200, { "if-modified-since": LATER, "if-none-match": '"other"' }],
        [304, { "if-modified-since": EARLIER, "if-none-match": etag }],
        [200, { "if-match": etag }],
        [200, { "if-match": `"other", ${etag}` }],
        [200, { "if-match": "*" }],
        [412, { "if-match": '"other"' }],
        [412, { "if-match": `W/${etag}` }],
        [412, { "if-match": '"other"', "if-none-match": etag }],
        [200, { "if-unmodified-since": MODIFIED }],
        [412, { "if-unmodified-since": EARLIER }],
        [200, { "if-unmodified-since": EARLIER, "if-match": etag }],
      ];
      for (const [status, headers] of expected) {
        assert.equal(await statusOf(app.request(path, { headers })), status, JSON.stringify(headers));
      }
    });
  }

  await t.step("a part of the file of that date comes, as wget -c asks for it", async () => {
    const part = (ifRange: string) =>
      app.request(`/get_report/${id}`, { headers: { range: "bytes=0-9", "if-range": ifRange } });
    assert.deepEqual([await statusOf(part(MODIFIED)), await statusOf(part(LATER))], [206, 200]);
  });

  await t.step("a wrong If-Match keeps a report from being deleted, and a right one does not", async () => {
    const remove = (ifMatch: string) =>
      app.request(`/reports/${id}`, { method: "DELETE", headers: { "if-match": ifMatch } });
    const refused = await remove('"other"');
    assert.deepEqual([refused.status, (await jsonOf(refused)).type], [412, "/problems/precondition-failed"]);
    const head = await app.request(`/reports/${id}/report.csv`, { method: "HEAD" });
    assert.equal(await statusOf(remove(String(head.headers.get("etag")))), 204);
  });
});

Deno.test("requests that match no route count under one label, and those that are refused under their route", async () => {
  await using service = await openService();
  const { app } = service;
  const id = await trigger(app);
  for (const path of ["/a", "/b/c", `/reports/${id}/x`]) assert.equal(await statusOf(app.request(path)), 404);
  assert.equal(await statusOf(app.request("/stores", { method: "PUT" })), 405);
  assert.equal(await statusOf(app.request(`/reports/${id}`, { headers: { host: "evil.example" } })), 421);
  const text = await (await app.request("/metrics")).text();
  assert.match(text, /storewatch_http_requests_total\{method="GET",route="none",status="404"\} 3/);
  assert.match(text, /storewatch_http_requests_total\{method="PUT",route="none",status="405"\} 1/);
  assert.match(text, /storewatch_http_requests_total\{method="GET",route="\/reports\/:report_id",status="421"\} 1/);
  assert.doesNotMatch(text, /route="\/\*"/);
});
