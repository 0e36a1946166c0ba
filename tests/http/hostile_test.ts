import assert from "node:assert/strict";
import fc from "fast-check";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { parsedRequest, rawRequest, sane } from "./hostile_requests.ts";
import { readHead, sendRaw, startServer } from "../support/http_server.ts";
import { statusOf, type TestService } from "../support/http_service.ts";

const BODY_PAUSE_MS = 300;
const LEAK = /\n\s+at |\.ts:\d|PostgresError|select |insert into|\/work\/|node_modules/;

/** A report that was made before, and one that is made now, have the same bytes. */
async function assertStillRight(service: TestService, expected: string): Promise<void> {
  const id = await service.report("?as_of=2023-01-25T10:00:00Z");
  assert.equal(await Deno.readTextFile(reportPaths(service.reportsFolder, id).csv), expected);
  assert.equal(await statusOf(service.app.request("/readyz")), 200);
}

async function firstReport(service: TestService): Promise<string> {
  const id = await service.report("?as_of=2023-01-25T10:00:00Z");
  return await Deno.readTextFile(reportPaths(service.reportsFolder, id).csv);
}

Deno.test("hostile requests get an answer that is no 5xx and gives nothing away, and reports stay right", async () => {
  await using server = await startServer({ bodyPauseMs: BODY_PAUSE_MS, jsonBytes: 30_000 });
  const { service } = server;
  const expected = await firstReport(service);
  await fc.assert(
    fc.asyncProperty(parsedRequest, async ({ method, path, query, headers, body }) => {
      const init: RequestInit = { method, headers: sane(headers) };
      if (body !== undefined && !["GET", "HEAD", "get"].includes(method)) init.body = body;
      const answer = await service.app.request(`${path}?${query}`, init);
      assert.ok(answer.status < 500, `${answer.status}`);
      if (answer.headers.get("content-type")?.startsWith("text/event-stream")) return void await answer.body?.cancel();
      const given = await answer.text();
      if (answer.headers.get("content-type")?.startsWith("application/problem")) assert.doesNotMatch(given, LEAK);
    }),
    { numRuns: 600 },
  );
  await assertStillRight(service, expected);
});

Deno.test("bytes that are no request, or half of one, hang nothing and break nothing", async () => {
  await using server = await startServer({ bodyPauseMs: BODY_PAUSE_MS });
  const { service, url } = server;
  const expected = await firstReport(service);
  const bytes = fc.sample(rawRequest, 150);
  await Promise.all(bytes.map(async (bytes) => {
    using connection = await sendRaw(url, bytes);
    if (bytes.length % 3 === 0) return;
    await connection.closeWrite().catch(() => {});
    const head = await readHead(connection, 5_000);
    assert.doesNotMatch(head, /^HTTP\/1\.1 5|\n\s+at /, JSON.stringify(bytes));
  }));
  await assertStillRight(service, expected);
});
