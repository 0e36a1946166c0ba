import assert from "node:assert/strict";
import fc from "fast-check";
import { putStores } from "../support/fleet.ts";
import { openService, statusOf } from "../support/http_service.ts";
import { bearer, keyFor } from "../support/keys.ts";
import { parsedRequest, sane } from "./hostile_requests.ts";

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "",
    "sw_",
    `sw_${"0".repeat(49)}`,
    "' or true --",
    "x".repeat(9_000),
    "\0",
    "=;=",
    "__proto__",
    "%00",
  ),
);
/** Headers with which a stranger may try to get in. */
const stranger = fc.record({
  authorization: fc.oneof(
    nasty,
    nasty.map((text) => `Bearer ${text}`),
    fc.base64String().map((text) => `Basic ${text}`),
  ),
  "x-api-key": nasty,
  cookie: fc.oneof(nasty, nasty.map((text) => `storewatch_session=${text}`)),
  "x-forwarded-for": nasty,
}, { requiredKeys: [] });

const OPEN = /^\/(health|healthz|readyz|sign-in|sign-out|assets\/[^/]*)\/?$/;

Deno.test("hostile requests get in nowhere without a key, and nothing of others with a key for some stores", async () => {
  await using service = await openService({ jsonBytes: 30_000, bodyPauseMs: 300 });
  const { app, sql } = service;
  await putStores(sql, [{ id: "ours", polls: ["10:00 active"] }, { id: "foreign-1", polls: ["11:11 active"] }]);
  await sql`update stores set tags = '{"region": "West"}' where store_id = 'ours'`;
  const west = bearer(await keyFor(sql, ["manage"], { where: { region: ["West"] } }));
  const ask = fc.asyncProperty(parsedRequest, stranger, fc.boolean(), async (request, headers, hasKey) => {
    const { method, path, query, body } = request;
    const given = [...request.headers, ...Object.entries(headers), ...hasKey ? Object.entries(west) : []];
    const init: RequestInit = { method, headers: sane(given) };
    if (body !== undefined && !["GET", "HEAD", "get"].includes(method)) init.body = body;
    const answer = await app.request(`${path}?${query}`, init);
    assert.ok(answer.status < 500, `${answer.status}`);
    if (answer.headers.get("content-type")?.startsWith("text/event-stream")) return void await answer.body?.cancel();
    const text = await answer.text();
    assert.doesNotMatch(text, /foreign-1|11:11/);
    if (!hasKey && !OPEN.test(new URL(`http://localhost${path}`).pathname)) {
      const isRefused = answer.status >= 400 || (answer.headers.get("location") ?? "").startsWith("/sign-in");
      assert.ok(isRefused, `${method} ${path}: ${answer.status}`);
    }
  });
  await fc.assert(ask, { numRuns: 250 });
  const [row] = await sql<{ stores: number; foreign: number }[]>`
    select count(*) filter (where store_id like 'foreign%' or store_id = 'ours') as stores,
      (select sum(length(polls) / 5) from poll_days join stores using (store_key) where store_id = 'foreign-1')::integer as foreign
    from stores`;
  assert.deepEqual({ ...row }, { stores: 2, foreign: 1 });
  assert.equal(await statusOf(app.request("/stores/ours", { headers: west })), 200);
});
